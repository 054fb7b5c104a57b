import { rows, text, type MailTemplate } from './mail-content.ts';

const leads = {
  ja: {
    issued: '精算書を発行しました。添付のファイルをご確認ください。',
    corrected:
      '先にお送りした精算書の記載を訂正しました。添付のファイルを、前のものに代えて保存してください。金額は変わりません。',
  },
  en: {
    issued: 'We have issued your settlement statement. Please find it attached as a PDF.',
    corrected:
      'We have corrected what an earlier statement says. Please keep the attached PDF in its place. The amounts are the same.',
  },
} as const;

/** The payout date is that of the settlement; nothing is said of a payout there is not. */
export const statementIssued: MailTemplate<'statement-issued'> = {
  ja: (facts, format) => ({
    subject: `精算書（${format.month(facts.month)}分）${facts.what === 'corrected' ? '訂正版' : ''}`,
    blocks: [
      text(`${format.name(facts.company)} ご担当者様`),
      text(leads.ja[facts.what]),
      rows(
        ['精算書番号', facts.statementNumber],
        ['対象期間', format.month(facts.month)],
        ['お支払金額', format.money(facts.payoutMinor)],
        ['お支払日', facts.payoutOn === null ? 'お支払いはございません' : format.date(facts.payoutOn)],
        ['添付ファイル', facts.file],
      ),
    ],
    why: '貴社の精算書の送り先として登録されているため、お送りしました。',
  }),
  en: (facts, format) => ({
    subject: `Settlement statement of ${format.month(facts.month)}${facts.what === 'corrected' ? ' (corrected)' : ''}`,
    blocks: [
      text(`To ${format.name(facts.company)},`),
      text(leads.en[facts.what]),
      rows(
        ['Statement no.', facts.statementNumber],
        ['Period', format.month(facts.month)],
        ['Payout', format.money(facts.payoutMinor)],
        ['Payout date', facts.payoutOn === null ? 'nothing is paid out' : format.date(facts.payoutOn)],
        ['Attached', facts.file],
      ),
    ],
    why: 'This is the address to which statements of your company are sent.',
  }),
};
