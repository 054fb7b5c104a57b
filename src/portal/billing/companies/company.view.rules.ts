import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import type { listPartyChanges } from '../../../companies/party-change.queries.ts';
import type { listPartyVersions } from '../../../companies/party-versions.queries.ts';
import type { StepView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { companyFrame } from './company-frame.rules.ts';
import { companyHref, factsOf, fieldLabel, fieldText, valueWord } from './company-words.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { SectionView, SubjectView } from './subject.types.ts';
import type { Company } from './loaded.types.ts';

type PartyChange = Awaited<ReturnType<typeof listPartyChanges>>[number];
type PartyVersion = Awaited<ReturnType<typeof listPartyVersions>>[number];

export interface LoadedCompany {
  readonly company: Company;
  readonly changes: readonly PartyChange[];
  readonly versions: readonly PartyVersion[];
  readonly pending: readonly ApprovalRow[];
}

const documented = ['name', 'nameEn', 'address', 'registrationNumber', 'registeredFrom', 'registeredTo'];

/** What documents say of a company, what it will be and what it was. */
export function companyView(loaded: LoadedCompany, frame: ViewFrame): SubjectView {
  const { company, pending } = loaded;
  const { t, can } = frame;
  const other = company.state === 'active' ? 'suspended' : 'active';
  return {
    ...companyFrame(company, '', frame),
    ...(can('companies:write') && {
      actions: [
        {
          href: companyHref(company.code, `state/${other}`),
          label: t(`billing.companies.to-${other}`),
        },
        { href: companyHref(company.code, 'edit'), label: t('billing.companies.edit'), isPrimary: true },
      ],
    }),
    banners: [],
    sections: [
      ...pendingSections(pending, frame),
      {
        id: 'facts',
        title: t('billing.companies.tab.facts'),
        facts: factsOf(company, ['code', ...documented, 'billingEmail', 'billingLanguage'], frame),
      },
      plannedOf(loaded, frame),
      historyOf(loaded, frame),
    ],
  };
}

/** Changes that wait for their day, and what became of earlier ones. */
function plannedOf({ company, changes }: LoadedCompany, frame: ViewFrame): SectionView {
  const { t, format, can, nameOf } = frame;
  const table: TableView = {
    caption: t('billing.companies.planned'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.companies.field.validFrom') },
      { label: t('billing.companies.what'), isLong: true },
      { label: t('billing.companies.field.state') },
      { label: t('billing.companies.by'), isLess: true },
      { label: t('billing.companies.action') },
    ],
    rows: changes.map((change) => ({
      cells: [
        format.date(change.validFrom),
        whatOf(change, frame),
        { badge: badgeOf(change, frame) },
        nameOf(change.createdBy),
        change.state === 'waiting' && can('companies:write')
          ? {
              text: t('billing.companies.withdraw'),
              href: companyHref(company.code, `changes/${change.id}/withdraw`),
            }
          : (change.refusal ?? ''),
      ],
    })),
    empty: { title: t('billing.companies.no-planned'), text: '' },
  };
  return { id: 'planned', title: t('billing.companies.planned'), table };
}

/** The fields that a planned change sets, in words. */
export function whatOf({ service, fields }: PartyChange, frame: ViewFrame): string {
  const { t, language } = frame;
  const words = Object.entries(fields).map(
    ([name, value]) => `${fieldLabel(name, t)}${t('kit.colon')}${fieldText(name, value, frame) || '–'}`,
  );
  const text = words.join(language === 'ja' ? '、' : ', ');
  return service === null ? text : `${service}${t('kit.colon')}${text}`;
}

function badgeOf({ state }: PartyChange, { t }: ViewFrame) {
  const tone = ({ waiting: 'warn', applied: 'good', withdrawn: 'plain', refused: 'bad' } as const)[state];
  return { tone, text: valueWord(state, t) };
}

/** How documents have named it, oldest first. */
function historyOf({ versions }: LoadedCompany, frame: ViewFrame): SectionView {
  const { t, format } = frame;
  const steps = versions.toReversed().map((version, index, all): StepView => {
    const before = all[index - 1];
    const changed = before
      ? documented.filter((name) => read(version, name) !== read(before, name))
      : documented;
    return {
      at: version.validFrom,
      when: before ? format.date(version.validFrom) : t('billing.companies.at-first'),
      text: changed
        .filter((name) => before !== undefined || read(version, name) !== null)
        .map(
          (name) =>
            `${fieldLabel(name, t)}${t('kit.colon')}${fieldText(name, read(version, name), frame) || '–'}`,
        )
        .join(frame.language === 'ja' ? '、' : ', '),
      note: t('billing.companies.entered', { at: format.dateTime(version.createdAt) }),
    };
  });
  return {
    id: 'history',
    title: t('billing.companies.history'),
    texts: [t('billing.companies.history-text')],
    timeline: steps.filter(({ text }) => text !== ''),
  };
}

const read = (version: PartyVersion, name: string) =>
  (version as unknown as Record<string, unknown>)[name] ?? null;
