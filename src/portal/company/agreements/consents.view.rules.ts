import { effectiveState } from '../../../charges/effective-state.rules.ts';
import type { OwnService } from '../../../companies/own-company.queries.ts';
import type { listConsents } from '../../../consents/consent.queries.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { nameIn } from '../company-links.rules.ts';
import type { ListView } from '../list.types.ts';
import {
  agreementBadge,
  agreementFilter,
  agreementTabs,
  consentHref,
  consentStates,
  listHref,
  type AgreementsQuery,
  type AgreementState,
} from './agreement-words.rules.ts';
import type { LoadedConsent } from './consents.pages.ts';

interface LoadedConsents {
  readonly query: AgreementsQuery;
  readonly state: AgreementState | undefined;
  readonly rows: Awaited<ReturnType<typeof listConsents>>;
  readonly hasMore: boolean;
  readonly services: readonly OwnService[];
  readonly now: Date;
}

const PATH = '/company/consents';

const serviceNames = (services: readonly OwnService[], frame: ViewFrame) =>
  new Map(services.map((service) => [service.id, nameIn(service, frame)]));

/** The list of consents. */
export function consentsView(loaded: LoadedConsents, frame: ViewFrame): ListView {
  const { query, state, rows, hasMore, services, now } = loaded;
  const { t, format } = frame;
  const names = serviceNames(services, frame);
  const last = rows.at(-1);
  return {
    title: t('company.agreements.part.consents'),
    lead: t('company.consents.lead'),
    parts: agreementTabs(frame, 'consents'),
    filter: agreementFilter(
      { path: PATH, query, states: consentStates, state, hasReference: false, count: rows.length },
      frame,
    ),
    table: {
      caption: t('company.agreements.part.consents'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('company.charge.item'), isLong: true },
        { label: t('company.charge.service') },
        { label: t('company.charge.state') },
        { label: t('company.consents.agreed') },
        { label: t('company.consents.most'), isNumber: true },
      ],
      rows: rows.map((row) => ({
        cells: [
          { text: row.description, href: consentHref(row.id) },
          names.get(row.serviceId) ?? '',
          { badge: agreementBadge(effectiveState(row, now), frame) },
          row.agreedAt == null ? '' : format.dateTime(row.agreedAt),
          row.perChargeMaxMinor == null
            ? t('company.consents.by-contract')
            : format.money(row.perChargeMaxMinor),
        ],
      })),
      empty: { title: t('company.consents.none'), text: t('company.consents.none-text') },
    },
    pager: {
      first: query.after === undefined ? undefined : listHref(PATH, query),
      next: hasMore && last ? listHref(PATH, query, { after: last.id }) : undefined,
    },
  };
}

/** One consent. */
export function consentView({ consent, state, services }: LoadedConsent, frame: ViewFrame): SectionsView {
  const { t, format, can } = frame;
  const { id, description, perChargeMaxMinor, createdAt, agreedAt, endedAt } = consent;
  const step = (at: Date | null | undefined, text: string) =>
    at == null ? [] : [{ at: at.toISOString(), when: format.dateTime(at), text }];
  return {
    title: description,
    crumbs: [{ href: PATH, label: t('company.agreements.part.consents') }],
    headBadge: agreementBadge(state, frame),
    ...(state === 'active' &&
      can('consents:revoke') && {
        actions: [{ href: consentHref(id, 'revoke'), label: t('company.agreement.revoke') }],
      }),
    sections: [
      {
        id: 'consent',
        title: t('company.consents.title'),
        facts: [
          { label: t('company.charge.number'), text: publicId('consent', id) },
          {
            label: t('company.charge.service'),
            text: serviceNames(services, frame).get(consent.serviceId) ?? '',
          },
          {
            label: t('company.consents.most'),
            text:
              perChargeMaxMinor == null ? t('company.consents.by-contract') : format.money(perChargeMaxMinor),
          },
        ],
      },
      {
        id: 'timeline',
        title: t('company.charge.timeline'),
        timeline: [
          ...step(createdAt, t('company.consents.step.created')),
          ...step(agreedAt, t('company.consents.step.agreed')),
          ...step(endedAt, t('company.consents.step.ended')),
        ],
      },
    ],
  };
}

/** Asks before a consent is revoked. */
export function revokeConsentView({ consent, state }: LoadedConsent, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const { id, description } = consent;
  return {
    title: t('company.agreement.revoke'),
    crumbs: [
      { href: PATH, label: t('company.agreements.part.consents') },
      { href: consentHref(id), label: description },
    ],
    headBadge: agreementBadge(state, frame),
    banners: state === 'active' ? [] : [{ tone: 'info', text: t('company.agreement.not-revocable') }],
    sections: [],
    confirm:
      state === 'active'
        ? {
            title: t('company.agreement.revoke-question'),
            texts: [t('company.agreement.revoke-text')],
            facts: [{ label: t('company.charge.item'), text: description }],
            formName: 'company.revoke-consent-form',
            action: consentHref(id, 'revoke'),
            label: t('company.agreement.revoke'),
            back: consentHref(id),
            isDanger: true,
          }
        : undefined,
  };
}
