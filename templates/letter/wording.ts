import type { Locale } from '../../src/shared/money.ts';
import type { CredentialLetter } from './letter.types.ts';

export interface LetterText {
  readonly title: string;
  readonly salutation: string;
  readonly lead: string;
  readonly personLabel: string;
  readonly person: string;
  readonly issuedId: string;
  readonly password: string;
  readonly shapes: string;
  readonly stepsTitle: string;
  readonly steps: readonly string[];
  readonly careTitle: string;
  readonly care: readonly string[];
  readonly contactTitle: string;
}

/** The texts of a letter, in one place for proofreading. */
export const texts: Record<Locale, (letter: CredentialLetter) => LetterText> = {
  ja: ({ signInAddress, lineId, displayName }) => ({
    title: '発行IDとパスワードのお知らせ',
    salutation: '平素は当社のサービスをご利用いただき、厚く御礼申し上げます。',
    lead: '回線のご利用料金とあわせてお支払いいただくための発行IDと、初回のパスワードをお知らせいたします。',
    personLabel: 'ご利用になる方',
    person: `${displayName} 様（回線ID ${lineId}）`,
    issuedId: '発行ID',
    password: '初回のパスワード',
    shapes: '数字のゼロと英字のオー、数字のいちと英字のエル・アイは、次の形で区別しています。',
    stepsTitle: '初めてサインインするとき',
    steps: [
      `ご契約の回線に接続した機器で ${signInAddress} を開きます。`,
      '上の発行IDと初回のパスワードを、大文字と小文字を区別して入力します。',
      'ご自身で新しいパスワードを決めます。初回のパスワードは、それ以降お使いいただけません。',
    ],
    careTitle: 'ご注意',
    care: [
      '発行IDとパスワードは、ご利用になる方だけがお持ちください。当社から電話やメールでパスワードをお尋ねすることはありません。',
      '新しいパスワードを決めたあとは、この書面を裁断するなどして破棄してください。',
      'お届けした封筒が開いていたときや、お心当たりがないときは、サインインせずに、すぐ下記へご連絡ください。',
    ],
    contactTitle: 'お問い合わせ',
  }),
  en: ({ signInAddress, lineId, displayName }) => ({
    title: 'Your issued ID and password',
    salutation: 'Thank you for using our service.',
    lead: 'With this issued ID and first password you can pay for digital content and goods together with your line bill.',
    personLabel: 'For',
    person: `${displayName} (line ID ${lineId})`,
    issuedId: 'Issued ID',
    password: 'First password',
    shapes: 'Zero and the letter O, one and the letters l and I have these shapes:',
    stepsTitle: 'Signing in for the first time',
    steps: [
      `On a device that is connected through your line, open ${signInAddress}.`,
      'Enter the issued ID and the first password above. Capital and small letters are different.',
      'Choose a new password of your own. The first password does not work any more after that.',
    ],
    careTitle: 'Please note',
    care: [
      'Keep the issued ID and the password to yourself. We never ask for a password by telephone or mail.',
      'When you have chosen a new password, please destroy this letter.',
      'If the envelope was open, or if you did not expect this letter, please do not sign in and contact us at once.',
    ],
    contactTitle: 'Contact',
  }),
};

/** Characters that are easily confused, with what they are called. */
export const shapes: Record<Locale, readonly (readonly [string, string])[]> = {
  ja: [
    ['0', '数字のゼロ'],
    ['O', '英字のオー'],
    ['1', '数字のいち'],
    ['l', '英小文字のエル'],
    ['I', '英大文字のアイ'],
  ],
  en: [
    ['0', 'zero'],
    ['O', 'capital O'],
    ['1', 'one'],
    ['l', 'small L'],
    ['I', 'capital I'],
  ],
};
