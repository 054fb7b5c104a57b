import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import { describeTariff } from '../../../tariffs/tariff-wording.rules.ts';
import type { LinkView, StepView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { companyFrame, crumbsTo } from './company-frame.rules.ts';
import { companyHref, factsOf, nameIn, tariffHref, valueWord } from './company-words.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { SectionView, SubjectView } from './subject.types.ts';
import type { Company, Contract, Tariff } from './loaded.types.ts';

export interface LoadedContracts {
  readonly company: Company;
  readonly contracts: readonly Contract[];
  readonly tariffs: readonly Tariff[];
  readonly pending: readonly ApprovalRow[];
  readonly today: string;
}

export const contractHref = (company: string, validFrom: string, part = '') =>
  companyHref(company, `contracts/${validFrom}${part && `/${part}`}`);

/** The contracts of a company on a time line, with the proposals that wait. */
export function contractsView(loaded: LoadedContracts, frame: ViewFrame): SubjectView {
  const { company, contracts, today } = loaded;
  const { t, can } = frame;
  const propose = {
    href: companyHref(company.code, 'contracts/new'),
    label: t('billing.companies.contract-propose'),
    isPrimary: true,
  };
  return {
    ...companyFrame(company, 'contracts', frame),
    ...(can('contracts:propose') && { actions: [propose] }),
    banners: [{ tone: 'info', text: t('billing.companies.contract-two') }],
    sections: [
      ...pendingOf(loaded, frame),
      {
        id: 'contracts',
        title: t('billing.companies.contract-line'),
        ...(contracts.length === 0
          ? { texts: [t('billing.companies.no-contracts')] }
          : { timeline: contracts.map((contract) => stepOf(contract, loaded, frame)) }),
      },
      {
        id: 'terms',
        title: t('billing.companies.contract-terms'),
        table: {
          caption: t('billing.companies.contract-terms'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.field.validFrom') },
            { label: t('billing.companies.field.validTo') },
            { label: t('billing.companies.field.tariffCode') },
            { label: t('billing.companies.field.legalModel') },
            { label: t('billing.companies.field.settlementBasis') },
            { label: t('billing.companies.field.minimumPayoutMinor'), isNumber: true },
            { label: t('billing.companies.field.state') },
          ],
          rows: contracts.map((contract) => ({
            cells: [
              {
                text: frame.format.date(contract.validFrom),
                href: contractHref(company.code, contract.validFrom),
              },
              contract.validTo ? frame.format.date(contract.validTo) : t('billing.companies.open-ended'),
              { text: contract.tariffCode, href: tariffHref(contract.tariffCode) },
              valueWord(contract.legalModel, t),
              valueWord(contract.settlementBasis, t),
              frame.format.money(contract.minimumPayoutMinor),
              { badge: placeOf(contract, today, frame) },
            ],
          })),
          empty: { title: t('billing.companies.no-contracts'), text: '' },
        },
      },
    ],
  };
}

/** The tariff version in force on the first day of a contract, or today if it holds. */
export function tariffOf(
  { tariffCode, validFrom }: Pick<Contract, 'tariffCode' | 'validFrom'>,
  { tariffs, today }: Pick<LoadedContracts, 'tariffs' | 'today'>,
): Tariff | undefined {
  const day = validFrom > today ? validFrom : today;
  return tariffs.findLast((tariff) => tariff.code === tariffCode && tariff.validFrom <= day);
}

/** The document of a contract, or of one that is proposed, in both languages. */
function documentLinks(company: string, validFrom: string, { t }: ViewFrame): LinkView[] {
  return (['ja', 'en'] as const).map((language) => ({
    href: `${contractHref(company, validFrom, 'contract.pdf')}?language=${language}`,
    label: t(`billing.companies.contract-pdf.${language}`),
  }));
}

/** The proposals about contracts; that of a new one has its draft. */
function pendingOf({ company, pending }: LoadedContracts, frame: ViewFrame): SectionView[] {
  const proposals = pending.filter(({ kind }) => kind.startsWith('contract.'));
  return pendingSections(proposals, frame).map((section, index) => {
    const { kind, input } = proposals[index]!;
    const { validFrom } = input as { readonly validFrom: string };
    const drafts =
      kind === 'contract.create' && frame.can('approvals:read')
        ? documentLinks(company.code, validFrom, frame)
        : [];
    return { ...section, links: [...(section.links ?? []), ...drafts] };
  });
}

function stepOf(contract: Contract, loaded: LoadedContracts, frame: ViewFrame): StepView {
  const { t, format, language } = frame;
  const { validFrom, validTo = null } = contract;
  const tariff = tariffOf(contract, loaded);
  const place = placeOf(contract, loaded.today, frame);
  const last = validTo === null ? t('billing.companies.open-ended') : format.date(addDays(validTo, -1));
  return {
    at: validFrom,
    when: t('billing.companies.from-to', { from: format.date(validFrom), to: last }),
    who: place.text,
    text: t('billing.companies.contract-step', {
      tariff: tariff ? nameIn(tariff, frame) : contract.tariffCode,
      model: valueWord(contract.legalModel, t),
      basis: valueWord(contract.settlementBasis, t),
    }),
    note: tariff ? describeTariff(tariff.definition, language) : '',
    tone: place.tone === 'good' ? 'good' : 'waiting',
  };
}

function placeOf({ validFrom, validTo }: Contract, today: string, { t }: ViewFrame) {
  if (validFrom > today) return { tone: 'warn', text: t('billing.companies.contract-future') } as const;
  if (validTo && validTo <= today)
    return { tone: 'plain', text: t('billing.companies.contract-past') } as const;
  return { tone: 'good', text: t('billing.companies.contract-now') } as const;
}

export interface LoadedContract extends LoadedContracts {
  readonly contract: Contract;
}

/** All terms of one contract. */
export function contractView(loaded: LoadedContract, frame: ViewFrame): SubjectView {
  const { company, contract, today } = loaded;
  const { t, can, format, language } = frame;
  const tariff = tariffOf(contract, loaded);
  const at = (part: string) => contractHref(company.code, contract.validFrom, part);
  const facts = (names: readonly string[]) => factsOf(contract, names, frame);
  return {
    title: t('billing.companies.contract-title', { date: format.date(contract.validFrom) }),
    lead: nameIn(company, frame),
    headBadge: placeOf(contract, today, frame),
    crumbs: crumbsTo(company, 'contracts', frame),
    ...(can('contracts:propose') && {
      actions: [{ href: at('end'), label: t('billing.companies.contract-end') }],
    }),
    banners: [],
    sections: [
      ...pendingOf(loaded, frame),
      {
        id: 'validity',
        title: t('billing.companies.group.validity'),
        facts: [
          ...facts(['validFrom', 'validTo', 'legalModel', 'settlementBasis']),
          {
            label: t('billing.companies.field.tariffCode'),
            text: contract.tariffCode,
            href: tariffHref(contract.tariffCode),
            ...(tariff && { note: describeTariff(tariff.definition, language) }),
          },
        ],
      },
      {
        id: 'fees',
        title: t('billing.companies.group.fees'),
        facts: facts(['feeTaxable', 'setUpFeeMinor', 'minimumPayoutMinor', 'feeBearer', 'transferFeeMinor']),
      },
      {
        id: 'payout',
        title: t('billing.companies.group.payout'),
        facts: [
          {
            label: t('billing.companies.payout-rule'),
            text: payoutRule(contract, frame),
          },
        ],
      },
      {
        id: 'selling',
        title: t('billing.companies.group.selling'),
        facts: facts([
          'perChargeMaxMinor',
          'lateCharges',
          'authorizationDays',
          'refundDays',
          'partialRefunds',
          'signedRequests',
        ]),
      },
      {
        id: 'document',
        title: t('billing.companies.contract-document'),
        links: documentLinks(company.code, contract.validFrom, frame),
      },
    ],
  };
}

/** When a month is paid out, in one sentence. */
export function payoutRule(
  { payoutMonths, payoutDay, payoutBankDay }: Pick<Contract, 'payoutMonths' | 'payoutDay' | 'payoutBankDay'>,
  { t }: ViewFrame,
): string {
  const day =
    payoutDay === 31 ? t('billing.companies.month-end') : t('billing.companies.day-of', { day: payoutDay });
  return t(`billing.companies.payout-${payoutBankDay}`, { months: payoutMonths, day });
}
