import { setTimeout as pause } from 'node:timers/promises';
import { forgeries, honestReply } from '../../radius/forgeries.ts';
import type { Visit } from '../../radius/forging-server.ts';

/** What an AAA server does with a request. */
export type Behaviour = (visit: Visit) => Promise<void> | void;

/** Time limit of the line check of these tests, over all its tries. */
export const retransmission = { firstMs: 60, tries: 3, totalMs: 300 };

export const honest: Behaviour = ({ request, answer }) => answer(honestReply(request));

/** Loses every first packet. */
export const losing: Behaviour = ({ request, answer, index }) =>
  index % 2 === 1 ? answer(honestReply(request)) : undefined;

/** None of these replies proves a line. */
export const failures: Readonly<Record<string, Behaviour>> = {
  'is silent': () => {},
  'answers too late': async ({ request, answer }) => {
    await pause(retransmission.totalMs + 100);
    await answer(honestReply(request));
  },
  'lies in every way': async ({ request, answer }) => {
    for (const { forge } of forgeries) await answer(forge(request));
  },
  'is impersonated from another port': ({ request, answerFrom }) =>
    answerFrom(honestReply(request), { address: '127.0.0.1', port: 0 }),
};
