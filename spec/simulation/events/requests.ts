import { sendOrder } from '../service/send-order.ts';
import * as shadow from '../shadow/requests.ts';
import type { EventKinds } from './event-kind.ts';

/** Requests are planned with what they ask for: see `plan/plan-request.ts`. */
export const requestKinds: Pick<EventKinds, 'send'> = {
  send: { foresee: shadow.send, perform: sendOrder },
};
