import { componentsJa } from './components-ja.ts';
import { myContactJa } from './my-contact-ja.ts';
import { myLimitsJa } from './my-limits-ja.ts';
import { myRequestsJa } from './my-requests-ja.ts';
import { myPasskeysJa } from './my-passkeys-ja.ts';
import { myJa } from './my-ja.ts';
import { accountsJa } from './accounts-ja.ts';
import { answersJa } from './answers-ja.ts';
import { billingJa } from './billing-ja.ts';
import { checkoutJa } from './checkout-ja.ts';
import { developersJa } from './developers-ja.ts';
import { explainJa } from './explain-ja.ts';
import { kitJa } from './kit-ja.ts';
import { orderJa } from './order-ja.ts';
import { supportJa } from './support-ja.ts';
import { companiesJa } from './companies-ja.ts';
import { companyJa } from './company-ja.ts';
import { mySignInJa } from './my-sign-in-ja.ts';

/** Japanese texts of the pages. `{name}` stands for a fact; both languages have the same keys and the same facts. */
export const ja = {
  ...myJa,
  ...myContactJa,
  ...myRequestsJa,
  ...myLimitsJa,
  ...developersJa,
  ...kitJa,
  ...explainJa,
  ...componentsJa,
  ...answersJa,
  ...checkoutJa,
  ...orderJa,
  ...accountsJa,
  ...mySignInJa,
  ...myPasskeysJa,

  'page.service': 'まとめてお支払い',
  'page.sandbox': '試験用の画面です。実際の販売・請求・通知は行われません。',
  'page.skip': '本文へ移動',
  'page.language': '表示言語',
  'page.contact': 'お問い合わせ',
  'page.safe': 'このページは通信会社が運営しています。パスワードを販売元に知らせることはありません。',
  'page.request': 'お問い合わせ番号',

  'problem.forged-request.title': '画面の有効期限が切れました',
  'problem.forged-request.text':
    '安全のため、送信を受け付けませんでした。Cookieが有効か確認し、前の画面を開き直してもう一度お試しください。',
  'problem.not-found.title': 'ページが見つかりません',
  'problem.not-found.text':
    'アドレスが正しいかご確認ください。ページが移動または終了していることもあります。',
  'problem.not-found.text-checkout': 'アドレスが正しいか確認し、販売元のサイトからもう一度お手続きください。',
  'problem.service-unavailable.title': 'ただいま混み合っています',
  'problem.service-unavailable.text': '少し時間をおいて、もう一度お試しください。',
  'problem.bad-request.title': '送信内容を受け付けられませんでした',
  'problem.bad-request.text': '前の画面に戻って、もう一度お試しください。',
  'problem.internal-error.title': '問題が発生しました',
  'problem.internal-error.text': 'ご迷惑をおかけしています。時間をおいてもう一度お試しください。',
  'problem.back': 'お手続きの画面に戻る',

  ...companiesJa,
  ...companyJa,
  ...billingJa,
  ...supportJa,
} as const;

export type MessageKey = keyof typeof ja;
/** The texts of one language. */
export type Messages = Readonly<Record<MessageKey, string>>;
