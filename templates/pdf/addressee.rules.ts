import type { Locale } from '../../src/shared/money.ts';

/** What names of organisations have in them: forms of companies and other bodies that are addressed 御中, not 様. */
const ORGANISATION =
  /株式会社|有限会社|合同会社|合資会社|合名会社|相互会社|法人|組合|協会|商店|事務所|学校|大学|病院|医院|（株）|（有）|\(株\)|\(有\)|㈱|㈲/u;

/** A name as Japanese letters address it: 様 after a person's, 御中 after an organisation's; in English the name alone. */
export function addressee(name: string, language: Locale): string {
  if (language === 'en') return name;
  return `${name}　${ORGANISATION.test(name) ? '御中' : '様'}`;
}
