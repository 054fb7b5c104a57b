import { originRows } from './common-parts.ts';
import { rows, text, warning, type MailTemplate } from './mail-content.ts';

export const signInCode: MailTemplate<'sign-in-code'> = {
  ja: (facts, format) => ({
    subject: 'ログインのための認証コード',
    blocks: [
      text('ログインの画面に、次の認証コードを入力してください。'),
      { kind: 'code', label: '認証コード', code: facts.code },
      rows(['有効期限', format.dateTime(facts.expiresAt)], ...originRows.ja(facts)),
      warning(
        'お心当たりがないとき',
        'どなたかがお客さまの発行IDとパスワードを入力した可能性があります。このコードを誰にも知らせず、パスワードを変更してください。当社の係員がコードをおたずねすることはありません。',
      ),
    ],
    why: 'ご契約の回線以外からログインの手続きがあったため、回線のご契約者へお送りしました。',
  }),
  en: (facts, format) => ({
    subject: 'Your code to sign in',
    blocks: [
      text('Enter this code on the page where you sign in.'),
      { kind: 'code', label: 'Code', code: facts.code },
      rows(['Valid until', format.dateTime(facts.expiresAt)], ...originRows.en(facts)),
      warning(
        'If you did not ask for it',
        'Somebody may have entered your issued ID and password. Give this code to nobody, and change your password. Our staff never ask for it.',
      ),
    ],
    why: 'You are the holder of the line, and somebody is signing in from elsewhere than the line.',
  }),
};
