import { escapeHtml } from '../../../../src/shared/html.rules.ts';
import type { Locale } from '../../../../src/shared/money.ts';
import type { Good } from './goods.ts';
import type { Order } from './orders.ts';
import type { Charge } from './shop-client.ts';

export interface ShopPage {
  readonly html: string;
  readonly status?: number;
}

const texts = {
  ja: {
    shop: 'ことのは見本商店',
    lead: 'お支払いは、ご契約の回線の料金とあわせてのご請求です。',
    buy: '購入手続きへ',
    tax: '税込',
    back: '商品の一覧へ戻る',
    thanks: 'ありがとうございました',
    paid: 'お支払いを確認しました。商品をお届けします。',
    goods: '商品',
    amount: 'お支払い額',
    number: '注文番号',
    charge: '課金の番号',
    webhook: 'Webhook',
    waiting: '通知を待っています（この画面は自動で更新されます）',
    seen: '署名を検証し、入金済みとして記録しました',
    pending: { title: 'お支払いは完了していません', text: '購入手続きの途中です。' },
    authorized: { title: 'ご注文を承りました', text: '発送のときにご請求します。' },
    cancelled: {
      title: '購入は取り消されました',
      text: 'お支払いは発生していません。',
    },
    expired: { title: '購入手続きの期限が切れました', text: 'お支払いは発生していません。' },
    unknown: { title: 'ご注文が見つかりません', text: 'この見本の商店は、終了すると注文を忘れます。' },
    failed: {
      title: '購入手続きを始められませんでした',
      text: 'お支払いは発生していません。しばらくしてからお試しください。',
    },
  },
  en: {
    shop: 'Kotonoha Example Shop',
    lead: 'You pay with the bill of your line.',
    buy: 'Buy',
    tax: 'tax included',
    back: 'Back to the goods',
    thanks: 'Thank you',
    paid: 'Your payment is confirmed, and your goods are on their way.',
    goods: 'Goods',
    amount: 'Paid',
    number: 'Order',
    charge: 'Charge',
    webhook: 'Webhook',
    waiting: 'Waiting for it (this page reloads by itself)',
    seen: 'Signature verified; the order is marked as paid',
    pending: { title: 'Not paid yet', text: 'The checkout is not finished.' },
    authorized: { title: 'Your order is placed', text: 'You are charged when it is shipped.' },
    cancelled: { title: 'The purchase was cancelled', text: 'You have paid nothing.' },
    expired: { title: 'The checkout has expired', text: 'You have paid nothing.' },
    unknown: { title: 'No such order', text: 'This example forgets its orders when it ends.' },
    failed: { title: 'The checkout could not begin', text: 'You have paid nothing. Try again in a while.' },
  },
} as const;

const RELOAD_SECONDS = 1;

/** The goods, each with its button. */
export function listPage(goods: readonly Good[], language: Locale): ShopPage {
  const t = texts[language];
  const items = goods.map(
    ({ code, name, amount }) => `<li>
      <h2>${escapeHtml(name[language])}</h2>
      <p class="price">${yen(amount)} <span>${t.tax}</span></p>
      <form method="post" action="/buy">
        <button name="good" value="${code}" aria-label="${escapeHtml(`${name[language]}: ${t.buy}`)}">${t.buy}</button>
      </form>
    </li>`,
  );
  return page(language, t.shop, `<p>${t.lead}</p>\n<ul class="goods">${items.join('\n')}</ul>`);
}

/** An order: thank you once its own charge is captured (`paid`), and when the webhook has said so too. */
export function orderPage(
  { order, state }: { readonly order: Order; readonly state: Charge['state'] | 'paid' },
  language: Locale,
): ShopPage {
  // Captured, but not what this order asked for: nothing is delivered on it.
  if (state === 'captured') return messagePage('unknown', language);
  if (state !== 'paid') return messagePage(state, language);
  const t = texts[language];
  const facts = [
    [t.goods, order.good.name[language]],
    [t.amount, yen(order.good.amount)],
    [t.number, order.id],
    [t.charge, order.chargeId ?? ''],
    [t.webhook, order.isPaid ? t.seen : t.waiting],
  ];
  const rows = facts.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`);
  const body = `<p class="paid">${t.paid}</p>\n<dl>${rows.join('')}</dl>\n<p><a href="/">${t.back}</a></p>`;
  return page(language, t.thanks, body, order.isPaid ? '' : reload);
}

const reload = `<meta http-equiv="refresh" content="${RELOAD_SECONDS}">`;

type Message = 'pending' | 'authorized' | 'cancelled' | 'expired' | 'unknown' | 'failed';

/** A page that says how things are. `code` is that of a refusal of the API. */
export function messagePage(message: Message, language: Locale, code?: string): ShopPage {
  const { [message]: told, back } = texts[language];
  const refusal = code === undefined ? '' : `<p><code>${escapeHtml(code)}</code></p>`;
  return page(language, told.title, `<p>${told.text}</p>${refusal}\n<p><a href="/">${back}</a></p>`);
}

function page(language: Locale, title: string, body: string, head = ''): ShopPage {
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/shop.css">
${head}
</head>
<body>
<main id="content">
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
  return { html };
}

function yen(amount: number): string {
  return `¥${amount.toLocaleString('en')}`;
}

/** The style of all pages. */
export const shopStyle = `
:root { color-scheme: light dark; --ink: #2b2118; --ground: #fbf7f0; --card: #fff; --rule: #e3d8c8; --accent: #8a3b12; --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f2e9dd; --ground: #1d1712; --card: #2a221b; --rule: #4a3d31; --accent: #f0a878; --on: #2b1608; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.7 system-ui, 'Noto Sans JP', sans-serif; }
main { max-width: 60rem; margin-inline: auto; padding: 2.5rem 1rem; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.3; }
h2 { margin: 0; font-size: 1.0625rem; line-height: 1.4; overflow-wrap: anywhere; }
.goods { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1rem; margin: 2rem 0 0; padding: 0; list-style: none; }
.goods li { display: flex; flex-direction: column; gap: .5rem; padding: 1.25rem; border: 1px solid var(--rule); border-radius: .75rem; background: var(--card); }
.price { margin: auto 0 0; font-size: 1.375rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.price span { font-size: .8125rem; font-weight: 400; }
button { width: 100%; padding: .6rem 1rem; border: 0; border-radius: .5rem; background: var(--accent); color: var(--on); font: inherit; font-weight: 700; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #0b63c5; outline-offset: 2px; }
a { color: var(--accent); }
.paid { font-size: 1.125rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.25rem; margin: 1.5rem 0; padding: 1.25rem; border: 1px solid var(--rule); border-radius: .75rem; background: var(--card); }
dt { font-weight: 700; }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .75rem; } }
`;
