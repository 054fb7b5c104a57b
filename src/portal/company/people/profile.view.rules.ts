import type { getOwnCompany, OwnService } from '../../../companies/own-company.queries.ts';
import type { OwnContract } from '../../../contracts/own-contracts.queries.ts';
import { lastDay } from '../../../shared/date-range.rules.ts';
import type { FactView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { nameIn } from '../company-links.rules.ts';

interface LoadedProfile {
  readonly company: Awaited<ReturnType<typeof getOwnCompany>>;
  readonly services: readonly OwnService[];
  /** Undefined for who does not read the company's money. */
  readonly contracts: readonly OwnContract[] | undefined;
  readonly contact: { readonly ja: string; readonly en: string };
}

/** What the carrier has on file, the contracts newest first. */
export function profileView(
  { company, services, contracts, contact }: LoadedProfile,
  frame: ViewFrame,
): SectionsView {
  const { t, language } = frame;
  return {
    title: t('company.profile.title'),
    lead: t('company.profile.lead', { contact: contact[language] }),
    sections: [
      {
        id: 'company',
        title: t('company.profile.company'),
        facts: [
          { label: t('company.profile.name'), text: company.name },
          { label: t('company.profile.name-en'), text: company.nameEn },
          { label: t('company.profile.code'), text: company.code },
          { label: t('company.profile.address'), text: company.address },
          { label: t('company.profile.registration'), text: company.registrationNumber ?? '' },
          {
            label: t('company.profile.billing-email'),
            text: company.billingEmail ?? '',
            note: t('company.profile.billing-email-note'),
          },
        ],
      },
      {
        id: 'services',
        title: t('company.profile.services'),
        table: {
          caption: t('company.profile.services'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('company.charge.service'), isLong: true },
            { label: t('company.profile.code') },
            { label: t('company.charge.state') },
          ],
          rows: services.map((service) => ({
            cells: [
              nameIn(service, frame),
              service.code,
              {
                badge: {
                  tone: service.state === 'active' ? ('good' as const) : ('warn' as const),
                  text: t(`company.profile.state.${service.state}`),
                },
              },
            ],
          })),
          empty: { title: t('company.profile.no-services'), text: t('company.profile.no-services-text') },
        },
      },
      ...(contracts ?? []).map((contract) => ({
        id: `contract-${contract.validFrom}`,
        title: contractTitle(contract, frame),
        facts: contractFacts(contract, frame),
        links: [
          {
            href: `/company/profile/contract.pdf?from=${contract.validFrom}`,
            label: t('company.profile.contract-pdf'),
          },
        ],
      })),
    ],
  };
}

function contractTitle(contract: OwnContract, { t, format }: ViewFrame): string {
  const to = lastDay(contract);
  return t('company.profile.contract', {
    from: format.date(contract.validFrom),
    to: to === null ? '' : format.date(to),
  });
}

function contractFacts(contract: OwnContract, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  return [
    {
      label: t('company.profile.tariff'),
      text: contract.tariff ? nameIn(contract.tariff, frame) : contract.tariffCode,
      href: '/company/minimum-fee',
    },
    { label: t('company.profile.model'), text: t(`company.profile.model.${contract.legalModel}`) },
    { label: t('company.profile.basis'), text: t(`company.profile.basis.${contract.settlementBasis}`) },
    { label: t('company.profile.most'), text: format.money(contract.perChargeMaxMinor) },
    {
      label: t('company.profile.authorization'),
      text: t('company.profile.days', { days: contract.authorizationDays }),
    },
    {
      label: t('company.profile.refunds'),
      text: t('company.profile.days', { days: contract.refundDays }),
      note: t(contract.partialRefunds ? 'company.profile.partial' : 'company.profile.whole'),
    },
    {
      label: t('company.profile.payout'),
      text: t('company.profile.payout-text', { months: contract.payoutMonths, day: contract.payoutDay }),
    },
    { label: t('company.profile.minimum-payout'), text: format.money(contract.minimumPayoutMinor) },
    { label: t('company.figure.transfer-fee'), text: format.money(contract.transferFeeMinor) },
    ...(contract.signedRequests
      ? [{ label: t('company.profile.signatures'), text: t('company.profile.signatures-text') }]
      : []),
  ];
}
