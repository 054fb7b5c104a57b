import type { Deps } from '../deps.ts';
import { findBicFault } from '../shared/bic.rules.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import type { Currency } from '../shared/money.ts';
import type { Schema } from '../shared/schema-type.ts';
import type { EnteredAccount } from './bank-account.rules.ts';
import { checkBankIsListed } from './bank-directory.ts';

/** A field of the other kind of account is left out, or empty. */
const noneIn = (currency: Currency): Schema => ({
  type: ['string', 'null'],
  maxLength: 0,
  mustBe: `left out: an account for ${currency} has none`,
});

const [notInYen, notInEuro] = [noneIn('JPY'), noneIn('EUR')];

/** An account at a Japanese bank. @throws Problem `invalid-request` */
const checkJapanese = compileInputCheck<EnteredAccount>({
  bankCode: inputFields.bankCode,
  bankName: inputFields.bankName,
  branchCode: inputFields.branchCode,
  branchName: inputFields.bankName,
  accountType: { enum: ['ordinary', 'current', 'savings', 'other'] },
  accountNumber: inputFields.accountNumber,
  accountHolder: inputFields.payeeName,
  iban: notInYen,
  bic: notInYen,
});

/** An account of the single euro payments area. @throws Problem `invalid-request` */
const checkEuro = compileInputCheck<EnteredAccount>({
  iban: inputFields.iban,
  accountHolder: inputFields.sepaName,
  bankCode: notInEuro,
  bankName: notInEuro,
  branchCode: notInEuro,
  branchName: notInEuro,
  accountType: notInEuro,
  accountNumber: notInEuro,
});

/**
 * Refuses an account that no file of the deployment's currency can pay: its codes and the characters of its names in yen; the length and
 * check digits of its IBAN, its country and its BIC in euro.
 * @throws Problem `invalid-request` with every broken field
 */
export function checkAccount({ currency }: { readonly currency: Currency }, account: EnteredAccount): void {
  if (currency === 'JPY') {
    checkJapanese(account);
    return;
  }
  checkEuro(account);
  const found = findBicFault(account.bic ?? '', account.iban ?? '');
  if (found !== undefined) throw invalidInput([{ pointer: '/bic', message: found.fault }]);
}

/**
 * The same with the directory of Japanese banks, which euro accounts do not need.
 * @throws Problem `invalid-request`
 */
export async function checkListedAccount(
  config: Pick<Deps['config'], 'currency' | 'payouts'>,
  account: EnteredAccount,
): Promise<void> {
  checkAccount(config, account);
  const { bankCode = '', branchCode = '' } = account;
  if (config.currency === 'JPY') await checkBankIsListed(config, { bankCode, branchCode });
}
