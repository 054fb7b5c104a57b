/** Descriptions of the fields of services in Japanese, by their English text. */
export const serviceFieldsJa = {
  'Code of the service: `service` of what it sells.':
    'サービスのコード。販売するものの`service`に指定します。',
  'Name in Japanese, as subscribers read it.': '日本語の名称。ご契約者に表示されます。',
  'Name in English.': '英語の名称。',
  '`active`: it may sell. `suspended`: its sales are refused (`company-suspended`).':
    'サービスの状態。`active`：販売できます。`suspended`：販売は拒否されます（`company-suspended`）。',
  'Whether the service has every text that a purchase page must show. New sales of one that has not are refused (`service-incomplete`); ask the carrier.':
    '購入手続きのページに必要な記載がそろっているかどうか。そろっていない間、新しい販売は拒否されます（`service-incomplete`）。当方へお問い合わせください。',
  'Sites to which buyers are sent back: `return_url` must be on one of them.':
    '手続きの後に戻るサイト。`return_url`は、このいずれかのサイト上に限ります。',
  'Where the service reaches its customers. Null if it is not known yet.':
    'サービスを提供する場。未登録の場合はnullです。',
  'First day on which the public list shows that one can pay this way. Null without a day.':
    '公開の一覧に掲載する最初の日。日の定めがない場合はnullです。',
  'When the service was registered.': 'サービスを登録した日時。',
  'Items of the page, in the order of their codes.': 'ページの内容。コードの順に並びます。',
} as const satisfies Readonly<Record<string, string>>;
