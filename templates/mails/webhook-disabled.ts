import { link, rows, text, type MailTemplate } from './mail-content.ts';

/** An endpoint of a company gets no events any more: its people look after it, and ask for what it missed. */
export const webhookDisabled: MailTemplate<'webhook-disabled'> = {
  ja: (facts, format) => ({
    subject: `Webhookの送信を停止しました（${facts.endpoint}）`,
    blocks: [
      text(
        facts.reason === 'gone'
          ? '次の送信先が「410 Gone」を返したため、イベントの送信を停止しました。'
          : '次の送信先への送信が5日間続けて失敗したため、イベントの送信を停止しました。',
      ),
      rows(
        ['送信先', facts.address],
        ['識別子', facts.endpoint],
        ['失敗の始まり', format.dateTime(facts.failingSince)],
        ['最後の結果', facts.lastFailure],
        ['停止した日時', format.dateTime(facts.disabledAt)],
      ),
      text(
        'サーバーを復旧したあと、下の画面で送信先を有効に戻してください。停止していた間のイベントは失われていません。同じ画面から再送を依頼するか、APIのイベントの一覧から取得できます。',
      ),
      link('送信先の画面を開く', facts.url),
    ],
    why: '貴社のアカウントで、所有者または開発者の役割をお持ちのため、お送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Webhook switched off (${facts.endpoint})`,
    blocks: [
      text(
        facts.reason === 'gone'
          ? 'The endpoint below answered "410 Gone". We have stopped sending events to it.'
          : 'Every attempt to send to the endpoint below has failed for five days. We have stopped sending events to it.',
      ),
      rows(
        ['Address', facts.address],
        ['Identifier', facts.endpoint],
        ['Failing since', format.dateTime(facts.failingSince)],
        ['Last result', facts.lastFailure],
        ['Switched off', format.dateTime(facts.disabledAt)],
      ),
      text(
        'Once your server works again, enable the endpoint on the page below. No event is lost: ask there for a replay since the time it failed, or read the events from the API.',
      ),
      link('Open the endpoint', facts.url),
    ],
    why: 'You are an owner or developer of your company’s account.',
  }),
};
