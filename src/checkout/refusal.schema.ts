import type { Schema } from '../shared/schema-type.ts';
import { refusals } from './refusal.rules.ts';

/** Why a sale was not bought, with what is sold. */
export const refusalFields = {
  refusal: {
    enum: [...refusals, null],
    description:
      'Why the subscriber did not buy, without personal data; while the state is `pending`, why the last attempt was refused. `limit-reached`: a limit of the line. `not-permitted`: the line does not permit it. `line-not-proved`: the device was not connected through the line. `line-not-checked`: the line could not be checked. `person-not-proved`: the sign-in was refused. `line-not-eligible`: the line cannot pay for purchases. `already-subscribed`: the subscriber has it already. `not-for-sale`: you or the service could not sell at that moment. `declined`: the subscriber declined. `expired`: nobody decided in time. Null otherwise. New values may be added.',
  },
  refused_at: {
    type: ['string', 'null'],
    format: 'date-time',
    description: 'When the refusal was recorded.',
  },
} as const satisfies Readonly<Record<string, Schema>>;
