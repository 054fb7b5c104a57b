import type { Locale } from '../../src/shared/money.ts';
import type { mailKinds, MailKindName } from './mail-kinds.ts';

type Purpose = (typeof mailKinds)[MailKindName]['purpose'];

/** What stands around every mail. */
interface MailFrame {
  greet(name: string): string;
  readonly contact: string;
  /** Why it cannot be switched off, or where it can. */
  readonly notices: Readonly<Record<Purpose, string>>;
  /** Below a mail that nobody reads answers to. */
  readonly sendOnly: string;
  readonly neverAsked: string;
  /** Above an address that is also a button. */
  readonly address: string;
}

export const mailFrames: Readonly<Record<Locale, MailFrame>> = {
  ja: {
    greet: (name) => `${name} 様`,
    contact: 'お問い合わせ：',
    notices: {
      notice: 'お知らせメールを受け取るかどうかは、次のページで変更できます。',
      service: 'お手続きに関する大切なお知らせのため、お知らせメールの設定にかかわらずお送りしています。',
      security: '安全に関する大切なお知らせのため、配信を停止することはできません。',
    },
    sendOnly: 'このメールは送信専用のアドレスからお送りしています。ご返信いただいてもお答えできません。',
    neverAsked: '当社がメールや電話でパスワードをおたずねすることはありません。',
    address: 'ボタンを開けないときは、次のアドレスをブラウザーに入力してください。',
  },
  en: {
    greet: (name) => `Dear ${name},`,
    contact: 'Contact: ',
    notices: {
      notice: 'You can change which notices you get on this page:',
      service: 'This mail is about something you did, so it is sent whatever notices you chose.',
      security: 'This mail concerns your security and cannot be switched off.',
    },
    sendOnly: 'Replies to this mail are not read.',
    neverAsked: 'We never ask for your password by mail or telephone.',
    address: 'If the button does not work, open this address in your browser:',
  },
};
