import { link, rows, text, warning, type MailTemplate, type Row } from './mail-content.ts';
import { whose } from './common-parts.ts';
import type { MailFormat } from './mail-format.ts';
import type { MailFacts } from './mail-kinds.ts';

type Facts = MailFacts<'limit-changed'>;

const changes = {
  ja: {
    'monthly-limit': '1か月の限度額',
    'per-charge-limit': '1回のお買い物の限度額',
    blocked: '利用を止める販売元・サービスの追加',
    unblocked: '販売元・サービスの停止の解除',
    'allowed-list': '許可した販売元・サービスの一覧',
    notices: 'お知らせメールの設定',
  },
  en: {
    'monthly-limit': 'Monthly limit',
    'per-charge-limit': 'Limit of one purchase',
    blocked: 'A company or service was blocked',
    unblocked: 'A company or service is no longer blocked',
    'allowed-list': 'List of allowed companies and services',
    notices: 'Notices by mail',
  },
} as const;

const by = {
  ja: {
    holder: '回線のご契約者',
    subscriber: '発行IDのご利用者本人',
    support: 'サポート窓口（ご依頼による変更）',
  },
  en: {
    holder: 'Holder of the line',
    subscriber: 'Person who uses the issued ID',
    support: 'Support centre, on request',
  },
} as const;

/** Before and after: only the two limits are amounts. */
function amounts(
  { what, beforeMinor, afterMinor }: Facts,
  format: MailFormat,
  words: readonly [string, string, string],
): Row[] {
  if (what !== 'monthly-limit' && what !== 'per-charge-limit') return [];
  const [before, after, none] = words;
  const write = (minor: bigint | null) => (minor === null ? none : format.money(minor));
  return [
    [before, write(beforeMinor)],
    [after, write(afterMinor)],
  ];
}

export const limitChanged: MailTemplate<'limit-changed'> = {
  ja: (facts, format) => ({
    subject: `限度額と制限の設定が変更されました（${changes.ja[facts.what]}）`,
    blocks: [
      text(`${whose.ja(facts.who)}の限度額と制限の設定が、次のとおり変更されました。`),
      rows(
        ['変更の内容', changes.ja[facts.what]],
        ['対象', whose.ja(facts.who)],
        ...amounts(facts, format, ['変更前', '変更後', '設定なし']),
        ['販売元・サービス', facts.target && format.name(facts.target)],
        ['適用される日', format.date(facts.effectiveOn)],
        ['変更日時', format.dateTime(facts.changedAt)],
        ['変更した方', by.ja[facts.changedBy]],
      ),
      link('限度額と制限を見る', facts.url),
      warning(
        'お心当たりがないとき',
        '上のページで設定を元に戻し、パスワードを変更してください。ご不明な点は、下記のサポート窓口へお問い合わせください。',
      ),
    ],
    why: '限度額と制限の設定が変更されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: `A spending limit or guard was changed: ${changes.en[facts.what]}`,
    blocks: [
      text(`The limits and guards of ${whose.en(facts.who)} were changed as follows.`),
      rows(
        ['Change', changes.en[facts.what]],
        ['For', facts.who ?? 'Whole line'],
        ...amounts(facts, format, ['Before', 'After', 'None']),
        ['Company or service', facts.target && format.name(facts.target)],
        ['In force from', format.date(facts.effectiveOn)],
        ['Changed', format.dateTime(facts.changedAt)],
        ['Changed by', by.en[facts.changedBy]],
      ),
      link('View limits and guards', facts.url),
      warning(
        'If you do not recognise this',
        'Undo the change on the page above and change your password. If you have questions, contact the desk named below.',
      ),
    ],
    why: 'You are the holder of the line, and its limits or guards were changed.',
  }),
};
