import type { ViewFrame } from '../../kit/define-page.ts';
import { addMonths, monthOf } from '../../../shared/calendar-date.rules.ts';
import { crumbsTo } from './company-frame.rules.ts';
import { companyHref, nameIn } from './company-words.rules.ts';
import { contractHref, type LoadedContract, type LoadedContracts } from './contracts.view.rules.ts';
import { choice, field } from './form-words.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { FormPageView } from './subject.types.ts';

/** A proposal of the kind is open: another one is refused until somebody has decided. */
const openBanner = (loaded: LoadedContracts, kind: string, frame: ViewFrame): FormPageView['banners'] =>
  pendingSections(
    loaded.pending.filter((one) => one.kind === kind),
    frame,
  ).map(({ title, texts = [] }) => ({ tone: 'warn', title, text: texts.join(' ') }));

/** A short field with what the last contract has, or the usual. */
const text = (value: string | number | bigint | undefined, usual: string | number) => ({
  value: String(value ?? usual),
  isShort: true,
  inputmode: 'numeric',
});

/** Asks for the terms of a contract; those of the last contract stand there already. */
export function newContractView(loaded: LoadedContracts, frame: ViewFrame): FormPageView {
  const { company, contracts, tariffs, today } = loaded;
  const { t } = frame;
  const last = contracts.at(-1);
  const codes = [...new Map(tariffs.map((tariff) => [tariff.code, tariff])).values()];
  const yesNo = (name: 'feeTaxable' | 'partialRefunds' | 'signedRequests', value: boolean) =>
    choice(name, ['true', 'false'], { t, value: String(value) });
  return {
    title: t('billing.companies.contract-propose'),
    lead: t('billing.companies.contract-lead', { company: nameIn(company, frame) }),
    crumbs: crumbsTo(company, 'contracts', frame),
    banners: [
      ...openBanner(loaded, 'contract.create', frame),
      { tone: 'info', text: t('billing.companies.contract-two') },
    ],
    formName: 'billing.new-contract-form',
    action: companyHref(company.code, 'contracts/new'),
    groups: [
      {
        title: t('billing.companies.group.validity'),
        fields: [
          field('validFrom', t, {
            type: 'date',
            value: last?.validTo ?? `${addMonths(monthOf(today), 1)}-01`,
            hint: t('billing.companies.first-of-month'),
          }),
          field('validTo', t, {
            type: 'date',
            isOptional: true,
            hint: t('billing.companies.valid-to-hint'),
          }),
          {
            ...choice('tariffCode', [], { t, value: last?.tariffCode ?? codes[0]?.code ?? '' }),
            options: codes.map((tariff) => ({
              value: tariff.code,
              label: `${nameIn(tariff, frame)} (${tariff.code})`,
            })),
          },
          choice('legalModel', ['agency', 'assignment'], { t, value: last?.legalModel ?? 'agency' }),
          choice('settlementBasis', ['billed', 'collected'], {
            t,
            value: last?.settlementBasis ?? 'billed',
            hint: t('billing.companies.basis-hint'),
          }),
        ],
      },
      {
        title: t('billing.companies.group.fees'),
        fields: [
          yesNo('feeTaxable', last?.feeTaxable ?? true),
          field('setUpFeeMinor', t, { ...text(undefined, 0), suffix: t('billing.companies.yen') }),
          field('minimumPayoutMinor', t, {
            ...text(last?.minimumPayoutMinor, 0),
            suffix: t('billing.companies.yen'),
          }),
          choice('feeBearer', ['carrier', 'company'], { t, value: last?.feeBearer ?? 'carrier' }),
          field('transferFeeMinor', t, {
            ...text(last?.transferFeeMinor, 0),
            suffix: t('billing.companies.yen'),
            hint: t('billing.companies.transfer-hint'),
          }),
        ],
      },
      {
        title: t('billing.companies.group.payout'),
        fields: [
          field('payoutMonths', t, text(last?.payoutMonths, 2)),
          field('payoutDay', t, {
            ...text(last?.payoutDay, 31),
            hint: t('billing.companies.payout-day-hint'),
          }),
          choice('payoutBankDay', ['previous', 'next'], { t, value: last?.payoutBankDay ?? 'previous' }),
        ],
      },
      {
        title: t('billing.companies.group.selling'),
        fields: [
          field('perChargeMaxMinor', t, {
            ...text(last?.perChargeMaxMinor, 10_000),
            suffix: t('billing.companies.yen'),
          }),
          choice('lateCharges', ['accept', 'refuse'], { t, value: last?.lateCharges ?? 'accept' }),
          field('authorizationDays', t, text(last?.authorizationDays, 7)),
          field('refundDays', t, text(last?.refundDays, 60)),
          yesNo('partialRefunds', last?.partialRefunds ?? true),
          yesNo('signedRequests', last?.signedRequests ?? false),
        ],
      },
      {
        title: t('billing.companies.group.reason'),
        fields: [field('reason', t, { hint: t('billing.companies.reason-hint') })],
      },
    ],
    label: t('billing.companies.propose-yes'),
    back: companyHref(company.code, 'contracts'),
  };
}

/** Asks for the day on which a contract ends. */
export function endContractView(loaded: LoadedContract, frame: ViewFrame): FormPageView {
  const { company, contract, today } = loaded;
  const { t, format } = frame;
  return {
    title: t('billing.companies.contract-end'),
    lead: t('billing.companies.contract-end-lead', {
      company: nameIn(company, frame),
      date: format.date(contract.validFrom),
    }),
    crumbs: crumbsTo(company, 'contracts', frame),
    banners: [
      ...openBanner(loaded, 'contract.end', frame),
      { tone: 'info', text: t('billing.companies.contract-two') },
    ],
    formName: 'billing.end-contract-form',
    action: contractHref(company.code, contract.validFrom, 'end'),
    groups: [
      {
        title: t('billing.companies.group.validity'),
        fields: [
          field('validTo', t, {
            type: 'date',
            value: contract.validTo ?? `${addMonths(monthOf(today), 1)}-01`,
            hint: t('billing.companies.valid-to-hint'),
          }),
          field('reason', t, { hint: t('billing.companies.reason-hint') }),
        ],
      },
    ],
    label: t('billing.companies.propose-yes'),
    back: contractHref(company.code, contract.validFrom),
  };
}
