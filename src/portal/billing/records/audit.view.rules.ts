import type { AuditDetails, AuditRow } from '../../../access/audit/audit.queries.ts';
import type { FactView, FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { AUDIT_ROWS, auditHref, type AuditQuery } from './audit-query.rules.ts';

export interface AuditView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
  readonly pager: { readonly first?: string; readonly next?: string };
}

interface Loaded {
  readonly query: AuditQuery;
  readonly rows: readonly AuditRow[];
}

/** Who did what, the newest first. */
export function auditView({ query, rows }: Loaded, frame: ViewFrame): AuditView {
  const { t, format, can } = frame;
  const shown = rows.slice(0, AUDIT_ROWS);
  const last = shown.at(-1);
  return {
    title: t('billing.audit.title'),
    lead: t('billing.audit.lead'),
    ...(can('exports:read') && { actions: [{ href: '/billing/exports', label: t('billing.exports.nav') }] }),
    filter: filterOf(query, shown.length, frame),
    table: {
      caption: t('billing.audit.title'),
      isCaptionUnseen: true,
      isDense: true,
      isWide: true,
      columns: [
        { label: t('billing.audit.at') },
        { label: t('billing.audit.actor') },
        { label: t('billing.audit.action') },
        { label: t('billing.audit.subject'), isLong: true },
        { label: t('billing.audit.facts'), isLong: true },
      ],
      rows: shown.map((row) => ({
        cells: [
          { text: format.dateTime(row.at), href: `/billing/audit/${row.id}` },
          nameOf(row),
          row.action,
          row.subject,
          JSON.stringify(row.facts) === '{}' ? '' : JSON.stringify(row.facts).slice(0, 120),
        ],
      })),
      empty: {
        title: t('billing.audit.none'),
        text: t('billing.audit.none-text'),
        href: '/billing/audit',
        label: t('kit.filter.clear'),
      },
    },
    pager: {
      ...(query.after !== undefined && { first: auditHref(query) }),
      ...(rows.length > AUDIT_ROWS && last && { next: auditHref(query, { after: last.id }) }),
    },
  };
}

const nameOf = ({ actorKind, actorIdentity }: Pick<AuditRow, 'actorKind' | 'actorIdentity'>) =>
  `${actorKind}:${actorIdentity}`;

function filterOf(query: AuditQuery, count: number, { t, format }: ViewFrame): FilterView {
  const { actor, action, subject, from, to } = query;
  const chip = (name: keyof AuditQuery, label: string | undefined) =>
    label ? [{ href: auditHref(query, { [name]: undefined }), label }] : [];
  return {
    action: '/billing/audit',
    fields: [
      {
        name: 'actor',
        label: t('billing.audit.actor'),
        hint: t('billing.audit.actor-hint'),
        value: actor ?? '',
      },
      {
        name: 'action',
        label: t('billing.audit.action'),
        hint: t('billing.audit.action-hint'),
        value: action ?? '',
      },
      {
        name: 'subject',
        label: t('billing.audit.subject'),
        hint: t('billing.audit.subject-hint'),
        value: subject ?? '',
      },
      { name: 'from', label: t('billing.records.from'), value: from ?? '', type: 'date' },
      { name: 'to', label: t('billing.records.to'), value: to ?? '', type: 'date' },
    ],
    active: [
      ...chip('actor', actor),
      ...chip('action', action),
      ...chip('subject', subject),
      ...chip('from', from && t('billing.records.from-date', { date: format.date(from) })),
      ...chip('to', to && t('billing.records.to-date', { date: format.date(to) })),
    ],
    clearHref: '/billing/audit',
    found: t('billing.audit.found', { count: format.count(count) }),
  };
}

export interface AuditEntryView extends PageView, HeadView {
  readonly facts: readonly FactView[];
  /** What changed, where the row says it. */
  readonly changes?: TableView | undefined;
  /** Everything else that the row says. */
  readonly details: readonly FactView[];
}

/** One row of the trail: who, what, to what, and what it was before and after where that was stored. */
export function auditEntryView(row: AuditDetails, frame: ViewFrame): AuditEntryView {
  const { t, format } = frame;
  const { changes, rest } = splitChanges(row.facts);
  return {
    title: row.action,
    lead: t('billing.audit.entry-lead', { at: format.dateTime(row.at) }),
    crumbs: [{ href: '/billing/audit', label: t('billing.audit.title') }],
    facts: [
      { label: t('billing.audit.at'), text: format.dateTime(row.at), note: row.at.toISOString() },
      { label: t('billing.audit.actor'), text: nameOf(row), href: auditHref({ actor: nameOf(row) }) },
      { label: t('billing.audit.action'), text: row.action, href: auditHref({ action: row.action }) },
      { label: t('billing.audit.subject'), text: row.subject, href: auditHref({ subject: row.subject }) },
      { label: t('billing.audit.id'), text: row.id },
      ...(row.recordTable === null
        ? []
        : [
            {
              label: t('billing.audit.record'),
              text: `${row.recordTable} ${row.recordKey}`,
              note: t('billing.audit.version', { version: row.recordVersion ?? 0 }),
            },
            { label: t('billing.audit.digest'), text: row.recordDigest ?? '' },
          ]),
    ],
    changes: changes.length === 0 ? undefined : changeTable(changes, frame),
    details: Object.entries(rest).map(([label, value]) => ({ label, text: textOf(value) })),
  };
}

type Facts = Readonly<Record<string, unknown>>;

interface StoredChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Rows store changes as `changes: { field: { before, after } }`, or as `before` and `after`. */
function splitChanges(facts: Facts): { readonly changes: readonly StoredChange[]; readonly rest: Facts } {
  const { changes, before, after, ...rest } = facts;
  const ofFields = Object.entries(asRecord(changes) ?? {}).flatMap(([field, change]) => {
    const values = asRecord(change);
    return values ? [{ field, before: textOf(values['before']), after: textOf(values['after']) }] : [];
  });
  if (before === undefined && after === undefined) return { changes: ofFields, rest };
  const [old, now] = [asRecord(before), asRecord(after)];
  if (!old && !now)
    return { changes: [...ofFields, { field: '', before: textOf(before), after: textOf(after) }], rest };
  const fields = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
  return {
    changes: [
      ...ofFields,
      ...fields.map((field) => ({ field, before: textOf(old?.[field]), after: textOf(now?.[field]) })),
    ],
    rest,
  };
}

const asRecord = (value: unknown): Facts | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : undefined;

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function changeTable(changes: readonly StoredChange[], { t }: ViewFrame): TableView {
  return {
    caption: t('billing.audit.changes'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.audit.field') },
      { label: t('billing.audit.before'), isLong: true },
      { label: t('billing.audit.after'), isLong: true },
    ],
    rows: changes.map(({ field, before, after }) => ({
      cells: [field === '' ? t('billing.audit.value') : field, before, after],
    })),
  };
}
