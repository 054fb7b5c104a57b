import { formatIssuedId } from '../../../identity/issued-id.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { FactView, LinkView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { chargeActions } from '../acts/act-links.rules.ts';
import { companyHref, invoiceHref, lineHref } from '../support-links.rules.ts';
import { chargeBadge } from '../state-words.rules.ts';
import { chargeTimeline } from './charge-timeline.rules.ts';
import type { LoadedCharge } from './charge.pages.ts';
import { casesTable, refundsTable } from './charge-tables.rules.ts';
import { explainHref } from './explain.pages.ts';
import { shownTexts } from './shown-texts.rules.ts';

/** One purchase. */
export function chargeView(loaded: LoadedCharge, frame: ViewFrame): SectionsView {
  const { charge } = loaded;
  const { t, format } = frame;
  return {
    title: charge.description,
    crumbs: [
      { href: '/support', label: t('support.search.title') },
      ...(charge.lineId === null
        ? []
        : [{ href: lineHref(charge.lineId, charge.holderFrom ?? undefined), label: charge.lineId }]),
    ],
    headBadge: chargeBadge(charge.state, frame),
    lead: t('support.charge.lead', {
      amount: format.money(charge.capturedMinor ?? charge.amountMinor),
      company: charge.seller.company[frame.language],
    }),
    actions: chargeActions(loaded, frame),
    banners: proposalBanners(loaded, frame),
    sections: [
      section('charge', { facts: factsOf(loaded, frame) }, t('support.charge.title')),
      section('timeline', { timeline: chargeTimeline(loaded, frame) }, t('support.charge.timeline')),
      section(
        'seller',
        { facts: sellerFacts(loaded, frame), links: sellerLinks(loaded, frame) },
        t('support.charge.seller'),
      ),
      section('proofs', proofs(loaded, frame), t('support.charge.proofs')),
      section('shown', shown(loaded, frame), t('support.charge.shown')),
      section('refunds', { table: refundsTable(loaded, frame) }, t('support.charge.refunds')),
      section('cases', { table: casesTable(loaded, frame) }, t('support.charge.cases')),
    ],
  };
}

const section = (id: string, part: Omit<SectionView, 'id' | 'title'>, title: string): SectionView => ({
  id,
  title,
  ...part,
});

function proposalBanners({ charge: { proposals } }: LoadedCharge, { t, can }: ViewFrame) {
  return proposals.map(({ id, reason }) => ({
    tone: 'warn' as const,
    title: t('support.charge.proposed'),
    text: reason,
    ...(can('refunds:approve') && {
      link: {
        href: `/support/approvals/${publicId('approval', id)}`,
        label: t('support.charge.to-proposal'),
      },
    }),
  }));
}

function factsOf({ charge }: LoadedCharge, frame: ViewFrame): FactView[] {
  const { t, format, can } = frame;
  const { id, lineId, holderFrom, buyer, invoice, subscriptionId, consentId } = charge;
  const explained = { of: 'charge', id, figure: 'captured' } as const;
  return [
    { label: t('support.charge.number'), text: publicId('charge', id) },
    {
      label: t('support.charge.amount'),
      text: format.money(charge.capturedMinor ?? charge.amountMinor),
      ...(charge.capturedMinor !== null && can('invoice-figures:read') && { href: explainHref(explained) }),
    },
    { label: t('support.charge.reference'), text: charge.reference ?? '' },
    {
      label: t('support.charge.line'),
      text: lineId ?? '',
      ...(lineId !== null && { href: lineHref(lineId, holderFrom ?? undefined) }),
    },
    {
      label: t('support.charge.buyer'),
      text: buyer ? formatIssuedId(buyer.issuedId) : t('support.charge.no-buyer'),
      ...(buyer && { note: buyer.isHolder ? `${buyer.name} · ${t('support.line.is-holder')}` : buyer.name }),
    },
    ...(subscriptionId === null
      ? []
      : [{ label: t('support.charge.under-subscription'), text: publicId('subscription', subscriptionId) }]),
    ...(consentId === null
      ? []
      : [{ label: t('support.charge.under-consent'), text: publicId('consent', consentId) }]),
    {
      label: t('support.charge.invoice'),
      text: invoice ? (invoice.number ?? t('support.charge.invoice-open')) : t('support.charge.no-invoice'),
      ...(invoice && { note: format.month(invoice.billingPeriod) }),
      ...(invoice?.number && { href: invoiceHref(invoice.number) }),
    },
  ];
}

function sellerFacts({ charge: { seller } }: LoadedCharge, { t, language }: ViewFrame): FactView[] {
  return [
    { label: t('support.charge.company'), text: seller.company[language], href: companyHref(seller.code) },
    { label: t('support.charge.service'), text: seller.service[language] },
    { label: t('support.charge.seller-telephone'), text: seller.telephone ?? '' },
    {
      label: t('support.charge.seller-email'),
      text: seller.email ?? '',
      ...(seller.email !== null && { note: t('support.charge.seller-email-note') }),
    },
    { label: t('support.charge.seller-address'), text: seller.address?.[language] ?? '' },
  ];
}

/** Blocks what was sold here for the line, with the codes filled in. */
function sellerLinks({ charge: { lineId, seller }, mayBlock }: LoadedCharge, { t }: ViewFrame): LinkView[] {
  if (lineId === null || !mayBlock) return [];
  const codes = new URLSearchParams({ company: seller.code, service: seller.serviceCode });
  return [{ href: `${lineHref(lineId)}/blocks?${codes.toString()}`, label: t('support.charge.block') }];
}

/** The proof of the person, and the proof of the line. */
function proofs({ charge: { confirmation } }: LoadedCharge, { t, format }: ViewFrame) {
  if (!confirmation) return { text: t('support.charge.no-confirmation') };
  const { provenBy, confirmedAt, issuedId, aaaServer, lineProvenAt, address } = confirmation;
  return {
    facts: [
      {
        label: t('support.charge.person-proof'),
        text: t(`support.charge.proven.${provenBy}`),
        note: t('support.charge.proof-note', {
          at: format.dateTime(confirmedAt),
          what: formatIssuedId(issuedId),
        }),
      },
      {
        label: t('support.charge.line-proof'),
        text: t('support.charge.line-accepted', { server: aaaServer }),
        note: t('support.charge.proof-note', { at: format.dateTime(lineProvenAt), what: address }),
      },
    ],
  };
}

/** What the page of the checkout said, in the language it was shown in. */
function shown({ charge: { confirmation } }: LoadedCharge, { t }: ViewFrame) {
  if (!confirmation) return { text: t('support.charge.no-confirmation') };
  const { texts, language, templateVersion, subjectKind } = confirmation;
  return {
    text: t(`support.charge.shown-${subjectKind}`),
    facts: [
      ...shownTexts(texts),
      { label: t('support.charge.language'), text: t(`support.charge.language.${language}`) },
      { label: t('support.charge.template'), text: templateVersion.slice(0, 12) },
    ],
  };
}
