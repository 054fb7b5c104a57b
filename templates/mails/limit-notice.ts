import { link, rows, text, type MailTemplate } from './mail-content.ts';
import { whose } from './common-parts.ts';

/** What is left of a limit; nothing where more than the limit was spent before it was lowered. */
function leftOf({
  limitMinor,
  spentMinor,
}: {
  readonly limitMinor: bigint | null;
  readonly spentMinor: bigint;
}) {
  if (limitMinor === null) return null;
  return limitMinor > spentMinor ? limitMinor - spentMinor : 0n;
}

/** Whether more can be bought. */
const furtherPurchases = {
  ja: (left: bigint | null) =>
    left === 0n
      ? '利用限度額に達したため、この期間が終わるまでは購入できません。'
      : left === null
        ? 'このお知らせで購入が止まることはありません。'
        : 'このお知らせで購入が止まることはありません。利用限度額まで購入できます。',
  en: (left: bigint | null) =>
    left === 0n
      ? 'The limit is reached, so nothing more can be bought until this period ends.'
      : left === null
        ? 'This does not stop purchases.'
        : 'This does not stop purchases: they are possible up to the limit.',
} as const;

export const limitNotice: MailTemplate<'limit-notice'> = {
  ja: (facts, format) => {
    const left = leftOf(facts);
    const notice = format.money(facts.noticeMinor);
    return {
      subject: `ご利用額が${notice}に達しました（${whose.ja(facts.who)}）`,
      blocks: [
        text(
          `${whose.ja(facts.who)}のご利用額が、お知らせの金額として設定された${notice}に達しました。${furtherPurchases.ja(left)}`,
        ),
        { kind: 'figure', label: 'これまでのご利用額', value: format.money(facts.spentMinor) },
        rows(
          ['利用限度額', facts.limitMinor === null ? null : format.money(facts.limitMinor)],
          ['残り', left === null ? null : format.money(left)],
          ['集計期間', `${format.date(facts.until)}まで`],
        ),
        link('ご利用額と制限を見る', facts.url),
      ],
      why: 'ご利用額がこの金額に達したときにお知らせする設定のため、回線のご契約者へお送りしました。',
    };
  },
  en: (facts, format) => {
    const left = leftOf(facts);
    const notice = format.money(facts.noticeMinor);
    return {
      subject: `Spending has reached ${notice} (${whose.en(facts.who)})`,
      blocks: [
        text(
          `The spending of ${whose.en(facts.who)} has reached ${notice}, the amount you asked to be told about. ${furtherPurchases.en(left)}`,
        ),
        { kind: 'figure', label: 'Spent so far', value: format.money(facts.spentMinor) },
        rows(
          ['Limit', facts.limitMinor === null ? null : format.money(facts.limitMinor)],
          ['Left', left === null ? null : format.money(left)],
          ['Counts until', format.date(facts.until)],
        ),
        link('View spending and limits', facts.url),
      ],
      why: 'You are the holder of the line and chose to be told when spending reaches this amount.',
    };
  },
};
