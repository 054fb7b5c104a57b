import { isEmailAddress } from './address.rules.ts';
import { toBankCharacters, type BankField } from './bank-characters.rules.ts';
import { isDate } from './calendar.rules.ts';
import { readIban } from './iban.rules.ts';
import { toSepaText } from './sepa-text.rules.ts';

/** Returns what is wrong with a text; undefined for a valid one. */
type TextFormat = (text: string) => string | undefined;

/** Names of a euro transfer: `Max70Text`. */
const MAX_SEPA_NAME = 70;

/** Formats of our own, for the `format` of a schema. Names of banks and payees must fit a bank file (domain.md section 6). */
export const textFormats: Readonly<Record<string, TextFormat>> = {
  'business-date': (text) => (isDate(text) ? undefined : 'must be a date, YYYY-MM-DD'),
  'email-address': (text) => (isEmailAddress(text) ? undefined : 'must be an e-mail address'),
  'bank-code': digits(4, { butZero: true }),
  'branch-code': digits(3),
  'account-number': digits(7, { butZero: true }),
  'bank-name': (text) => findBankFault(text, 'bank'),
  'payee-name': (text) => findBankFault(text, 'payee'),
  iban: findIbanFault,
  'sepa-name': (text) => {
    const read = toSepaText(text, MAX_SEPA_NAME);
    return 'fault' in read ? read.fault : undefined;
  },
};

function digits(count: number, { butZero = false } = {}): TextFormat {
  const shape = new RegExp(`^${butZero ? `(?!0{${count}})` : ''}[0-9]{${count}}$`);
  const message = `must be ${count} digits${butZero ? `, and not ${'0'.repeat(count)}` : ''}`;
  return (text) => (shape.test(text) ? undefined : message);
}

function findBankFault(text: string, field: BankField): string | undefined {
  const converted = toBankCharacters(text, field);
  return 'fault' in converted ? converted.fault : undefined;
}

/** As it is stored: in capitals, without blanks. */
function findIbanFault(text: string): string | undefined {
  const read = readIban(text);
  if ('fault' in read) return read.fault;
  return read.iban === text ? undefined : 'must be in capitals and without blanks';
}
