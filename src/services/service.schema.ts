import { apiFields, completeObject } from '../api/field-schemas.ts';
import { platforms } from '../companies/seller-terms.rules.ts';

export const serviceSchema = completeObject('Service', {
  code: { ...apiFields.code, description: 'Code of the service: `service` of what it sells.' },
  name: { type: 'string', description: 'Name in Japanese, as subscribers read it.' },
  name_en: { type: 'string', description: 'Name in English.' },
  state: {
    enum: ['active', 'suspended'],
    description: '`active`: it may sell. `suspended`: its sales are refused (`company-suspended`).',
  },
  complete: {
    type: 'boolean',
    description:
      'Whether the service has every text that a purchase page must show. New sales of one that has not are refused (`service-incomplete`); ask the carrier.',
  },
  return_origins: {
    type: 'array',
    items: { type: 'string' },
    description: 'Sites to which buyers are sent back: `return_url` must be on one of them.',
  },
  platform: {
    enum: [...platforms, null],
    description: 'Where the service reaches its customers. Null if it is not known yet.',
  },
  listed_from: {
    ...apiFields.maybeDate,
    description: 'First day on which the public list shows that one can pay this way. Null without a day.',
  },
  created_at: { ...apiFields.instant, description: 'When the service was registered.' },
});

export const serviceListSchema = completeObject('ServiceList', {
  items: {
    type: 'array',
    items: serviceSchema,
    description: 'Items of the page, in the order of their codes.',
  },
  next: {
    type: ['string', 'null'],
    description: 'Cursor of the next page: send it as `after`. Null on the last page.',
  },
});
