/** What an API key may be allowed to do; a key carries some of these, separated by spaces. */
export const scopes = [
  'charges:read',
  'charges:write',
  'subscriptions:read',
  'subscriptions:write',
  'consents:read',
  'consents:write',
  'payment-requests:read',
  'payment-requests:write',
  'refunds:read',
  'refunds:write',
  'settlements:read',
  'reports:read',
  'line-checks:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
] as const;

export type Scope = (typeof scopes)[number];
