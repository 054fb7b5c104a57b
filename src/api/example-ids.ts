/** Identifiers of the examples: the same object has the same one in requests, responses and addresses. */
export const exampleIds = {
  charge: 'ch_01JV4Q8Z3M6T2RXK9WBD5HNCE7',
  manualCharge: 'ch_01JV4S6P0KD2WY8Q5ZB7CXTMGH',
  usageCharge: 'ch_01JV4RC1D8E5FYMZ0AQ7P3GTKS',
  consent: 'cs_01JV4P2X7B9CGDN4RE6KSWHTZM',
  endedConsent: 'cs_01JR7H5D2A8NVXK3WQ9FZ6TYCB',
  subscription: 'sb_01JV4QK5NCR8ZVY1M3XTEB7WDG',
  refund: 'rf_01JV7C4N2S9XKBT5QD8WZ6MPHR',
  'payment-request': 'pr_01JV6B3HX8N2Q5RZT7WKD4MCYE',
  service: 'video',
  settlement: 'S202605-000123',
  monthlyCharge: 'ch_01JV4QM3W7ZB2KTD9XH5RCN8EY',
  event: 'evt_01JV4Q9C5H2D7NRY8XKT3WBZMA',
  'webhook-endpoint': 'we_01JV1C6W8R3ZKQ5NB2XDY7TMHE',
  'webhook-delivery': 'wd_01JV4Q9D0T6XHS8MRC3ZWKBE5N',
  'usage-file': 'uf_01JV5A1H7W9ZC3QKD6XN8RBTEM',
} as const;
