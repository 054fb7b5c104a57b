import type { ProblemGuide } from './problem-guide.ts';

/** Refusals about events and where they are sent. */
export const eventProblems = {
  'event-not-found': {
    titleJa: '該当するイベントがありません',
    when: {
      en: 'No event with this identifier exists, or it is of another company.',
      ja: 'その識別子のイベントがないか、ほかの会社のイベントであるときに返ります。',
    },
    todo: {
      en: 'Use an identifier that a list of events or a webhook has given you, with its prefix `evt_`.',
      ja: 'イベントの一覧またはWebhookで受け取った識別子を、`evt_`を付けたまま指定してください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
