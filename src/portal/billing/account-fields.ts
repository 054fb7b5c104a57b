import type { BankAccountTerms, EnteredAccount } from '../../bank-accounts/bank-account.rules.ts';
import { findBicFault } from '../../shared/bic.rules.ts';
import { compactCode, readIban } from '../../shared/iban.rules.ts';
import type { Currency } from '../../shared/money.ts';
import { toSepaText } from '../../shared/sepa-text.rules.ts';
import { choiceField, optional, textField, type Field } from '../kit/form-fields.ts';
import { FieldFaults, readFields } from '../kit/form-state.ts';
import type { MessageKey } from '../messages/translate.ts';

type AccountField = keyof BankAccountTerms;

/** How a page calls each field. */
type Labels = (name: AccountField) => MessageKey;

const MAX_TYPED = { iban: 60, bic: 20, holder: 100, euroName: 70 } as const;

/** Fields of an account at a Japanese bank. */
function japaneseFields(label: Labels) {
  return {
    bankCode: textField({ label: label('bankCode'), maxLength: 4 }),
    bankName: textField({ label: label('bankName'), maxLength: 60 }),
    branchCode: textField({ label: label('branchCode'), maxLength: 3 }),
    branchName: textField({ label: label('branchName'), maxLength: 60 }),
    accountType: choiceField(label('accountType'), ['ordinary', 'current', 'savings', 'other']),
    accountNumber: textField({ label: label('accountNumber'), maxLength: 7 }),
    accountHolder: textField({ label: label('accountHolder'), maxLength: 60 }),
  };
}

/** Fields of an account in the euro area. */
function euroFields(label: Labels) {
  return {
    iban: ibanField(label('iban')),
    bic: bicField(label('bic')),
    accountHolder: nameField(label('accountHolder')),
  };
}

/** What an account form may send, of either currency, as it was typed: `readAccount` knows what has to be there. */
export function accountFields(label: Labels) {
  const typed = (name: AccountField, maxLength: number) =>
    optional(textField({ label: label(name), maxLength }));
  return {
    bankCode: typed('bankCode', 4),
    bankName: typed('bankName', 60),
    branchCode: typed('branchCode', 3),
    branchName: typed('branchName', 60),
    accountType: typed('accountType', 8),
    accountNumber: typed('accountNumber', 7),
    iban: typed('iban', MAX_TYPED.iban),
    bic: typed('bic', MAX_TYPED.bic),
    accountHolder: typed('accountHolder', MAX_TYPED.holder),
  };
}

type Typed = { readonly [K in AccountField]?: string | undefined };

/** The account that was typed, of the kind that the currency has. @throws FieldFaults naming every field that is wrong. */
export function readAccount(currency: Currency, label: Labels, typed: Typed): EnteredAccount {
  const texts = Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, text ?? '']));
  if (currency === 'JPY') return readFields(japaneseFields(label), texts);
  const account = readFields(euroFields(label), texts);
  const found = findBicFault(account.bic, account.iban);
  if (found === undefined) return account;
  throw new FieldFaults({ bic: { key: `billing.account-fault.bic-${found.kind}`, facts: found.facts } });
}

function ibanField(label: MessageKey): Field<string> {
  return {
    label,
    read: (text) => {
      if (text === '') return { fault: { key: 'kit.fault.missing' } };
      const read = readIban(text);
      if ('iban' in read) return { value: read.iban };
      return { fault: { key: `billing.account-fault.iban-${read.kind}`, facts: read.facts } };
    },
  };
}

/** Whether it may be left out depends on the IBAN. */
function bicField(label: MessageKey): Field<string> {
  return { label, read: (text) => ({ value: compactCode(text) }) };
}

function nameField(label: MessageKey): Field<string> {
  return {
    label,
    read: (text) => {
      const read = toSepaText(text, MAX_TYPED.euroName);
      if ('text' in read) return { value: read.text };
      if (read.kind === 'empty') return { fault: { key: 'kit.fault.missing' } };
      if (read.kind === 'length') return { fault: { key: 'kit.fault.too-long', facts: read.facts } };
      return { fault: { key: 'billing.account-fault.letter', facts: read.facts } };
    },
  };
}
