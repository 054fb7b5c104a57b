import { link, rows, text, warning, type MailTemplate } from './mail-content.ts';

const by = {
  ja: { holder: '回線のご契約者', support: 'サポート窓口（ご依頼による発行）' },
  en: { holder: 'Holder of the line', support: 'Support centre, on request' },
} as const;

export const issuedIdCreated: MailTemplate<'issued-id-created'> = {
  ja: (facts, format) => ({
    subject: '発行IDが追加されました',
    blocks: [
      text(
        `ご利用の回線に、${facts.name}さんの発行IDが追加されました。この発行IDで購入された料金は、回線の料金とあわせて請求されます。`,
      ),
      ...(facts.isHolder
        ? [
            text(
              'これは回線のご契約者ご本人の発行IDです。この回線のすべてのIDのご利用の確認、限度額の設定、ご家族の発行IDの追加と終了ができます。',
            ),
          ]
        : []),
      rows(
        ['発行ID', facts.issuedId],
        ['お名前', facts.name],
        ['発行日時', format.dateTime(facts.createdAt)],
        ['発行した方', by.ja[facts.createdBy]],
      ),
      text('パスワードはメールではお知らせしません。利用限度額などの制限は、次のページで設定できます。'),
      link('発行IDと利用制限を見る', facts.url),
      warning('お心当たりがないとき', '上のページでこの発行IDを終了し、下記のサポート窓口へご連絡ください。'),
    ],
    why: 'ご利用の回線に発行IDが追加されたため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'An issued ID was created',
    blocks: [
      text(
        `An issued ID for ${facts.name} was created on your line. What is bought with it is billed together with your line.`,
      ),
      ...(facts.isHolder
        ? [
            text(
              "It is the line holder's own ID: it sees what everybody on the line buys, sets limits, and issues and ends the IDs of the family.",
            ),
          ]
        : []),
      rows(
        ['Issued ID', facts.issuedId],
        ['Name', facts.name],
        ['Created', format.dateTime(facts.createdAt)],
        ['Created by', by.en[facts.createdBy]],
      ),
      text('The password is never sent by mail. You can set limits and guards on the page below.'),
      link('View issued IDs and limits', facts.url),
      warning(
        'If you do not recognise this',
        'End this ID on the page above, and contact the desk named below.',
      ),
    ],
    why: 'You are the holder of the line, and an issued ID was created on it.',
  }),
};
