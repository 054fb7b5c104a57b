import type { ProblemGuide } from './problem-guide.ts';

/** Refusals about events and where they are sent. */
export const eventProblems = {
  'event-not-found': {
    titleJa: '該当するイベントがありません',
    when: {
      en: 'No event with this identifier exists, it is of another company, or your key lacks the scope to read what it tells.',
      ja: 'その識別子のイベントがないか、ほかの会社のイベントであるか、その内容を読むスコープがキーにないときに返ります。',
    },
    todo: {
      en: 'Use an identifier that a list of events or a webhook has given you, with its prefix `evt_`.',
      ja: 'イベントの一覧またはWebhookで受け取った識別子を、`evt_`を付けたまま指定してください。',
    },
  },
  'webhook-endpoint-not-found': {
    titleJa: '該当する送信先がありません',
    when: {
      en: 'No webhook endpoint with this identifier exists, it was deleted, or it is of another company.',
      ja: 'その識別子の送信先がないか、削除されているか、ほかの会社の送信先であるときに返ります。',
    },
    todo: {
      en: 'List your endpoints and use one of their identifiers, with its prefix `we_`.',
      ja: '送信先の一覧で識別子を確かめ、`we_`を付けたまま指定してください。',
    },
  },
  'webhook-endpoint-disabled': {
    titleJa: '送信先が無効になっています',
    when: {
      en: 'A test or a replay was asked for, and the endpoint is switched off: `state_reason` of the endpoint says why.',
      ja: '無効にした送信先へ、テスト送信や再送を依頼したときに返ります。無効になった理由は、送信先の`state_reason`で分かります。',
    },
    todo: {
      en: 'Repair your server, set `state` to `enabled`, and ask again.',
      ja: 'サーバーを復旧し、`state`を`enabled`に変更してから、もう一度お試しください。',
    },
  },
  'webhook-endpoint-busy': {
    titleJa: '先に依頼された送信が終わっていません',
    when: {
      en: 'A test or a replay was asked for while another one of this endpoint is not over, or while 2,000 deliveries wait for it.',
      ja: '同じ送信先への前のテスト送信や再送が終わっていないとき、または2,000件の送信が待っているときに、さらにテスト送信や再送を依頼すると返ります。',
    },
    todo: {
      en: 'Look at what waits in the list of deliveries with `state=pending`, and ask again when it is sent. To give it up, set `state` of the endpoint to `disabled` and to `enabled` again.',
      ja: '送信待ちのものは、送信の一覧で`state=pending`を指定すると確認できます。送り終わってから、もう一度お試しください。取りやめるときは、送信先の`state`を`disabled`にしてから`enabled`に戻してください。',
    },
  },
  'webhook-delivery-not-found': {
    titleJa: '該当する送信がありません',
    when: {
      en: 'No delivery with this identifier exists. Deliveries are kept for 30 days after their end.',
      ja: 'その識別子の送信がないときに返ります。送信の記録は、終わってから30日間保存します。',
    },
    todo: {
      en: 'Use the cursor that the list has given you, with its prefix `wd_`.',
      ja: '一覧が返した値を、`wd_`を付けたまま指定してください。',
    },
  },
  'too-many-webhook-endpoints': {
    titleJa: '送信先の数が上限に達しています',
    when: {
      en: 'The company has 20 endpoints already.',
      ja: 'すでに20件の送信先があるときに返ります。',
    },
    todo: {
      en: 'Delete one that is not used, or send more types of event to one.',
      ja: '使わない送信先を削除するか、1つの送信先で複数の種類のイベントを受け取ってください。',
    },
  },
} as const satisfies Readonly<Record<string, ProblemGuide>>;
