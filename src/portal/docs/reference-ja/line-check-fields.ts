/** Descriptions of the fields of line checks in Japanese, by their English text. */
export const lineCheckFieldsJa = {
  'One of the amounts that can be checked; another one is refused, and the refusal names them.':
    '確認できる金額のいずれか。それ以外の金額は拒否し、確認できる金額をお知らせします。',
  'Consent that was checked.': '確認した同意の識別子。',
  'Amount that was checked.': '確認した金額。',
  'Whether a use of this amount could be charged now. Nothing is reserved: a charge may be refused a moment later. False says nothing of the reason.':
    'この金額を今課金できるかどうか。金額は確保しないため、直後の課金が拒否されることもあります。falseの理由はお知らせしません。',
  'Business date of the check.': '確認した日（営業日）。',
  'Further checks of this consent on the same date.': '同じ日にこの同意を確認できる残りの回数。',
} as const satisfies Readonly<Record<string, string>>;
