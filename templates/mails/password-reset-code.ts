import { originRows } from './common-parts.ts';
import { rows, text, warning, type MailTemplate } from './mail-content.ts';

export const passwordResetCode: MailTemplate<'password-reset-code'> = {
  ja: (facts, format) => ({
    subject: 'パスワードを設定し直すための認証コード',
    blocks: [
      text('パスワードを設定し直す画面に、次の認証コードを入力してください。'),
      { kind: 'code', label: '認証コード', code: facts.code },
      rows(
        ['発行ID', facts.issuedId],
        ['有効期限', format.dateTime(facts.expiresAt)],
        ...originRows.ja(facts),
      ),
      warning(
        'お心当たりがないとき',
        'このメールは破棄してください。コードを入力しないかぎり、パスワードは変わりません。当社の係員がコードをおたずねすることはありません。',
      ),
    ],
    why: '「パスワードを忘れたとき」の手続きがあったため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'Your code for a new password',
    blocks: [
      text('Enter this code on the page where you set a new password.'),
      { kind: 'code', label: 'Code', code: facts.code },
      rows(
        ['Issued ID', facts.issuedId],
        ['Valid until', format.dateTime(facts.expiresAt)],
        ...originRows.en(facts),
      ),
      warning(
        'If you did not ask for it',
        'You can ignore this mail: without the code the password stays as it is. Our staff never ask for it.',
      ),
    ],
    why: 'You are the holder of the line, and somebody has asked for a new password.',
  }),
};
