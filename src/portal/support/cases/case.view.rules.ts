import type { DeskCase } from '../../../cases/desk-case.queries.ts';
import { mayReopen } from '../../../cases/answer-due.rules.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { FactView, LinkView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView, SectionView } from '../../kit/sections.types.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref, chargeHref, companyHref, lineHref } from '../support-links.rules.ts';
import { historyOf } from './case-history.rules.ts';
import { ageText, dueText, dueTimeText, isLate, personText } from './case-words.rules.ts';
import { CASES } from './queue.view.rules.ts';

export interface LoadedCase {
  readonly found: DeskCase;
  /** The history ends before this entry. */
  readonly before: string | undefined;
}

/** A case: what it is about, what has happened, and what can be done. */
export function caseView({ found, before }: LoadedCase, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const { number, kind, state } = found;
  const isOpen = state !== 'closed';
  const mayAct = can('cases:take');
  return {
    title: t('support.case.title', { number }),
    crumbs: [{ href: CASES, label: t('support.cases.title') }],
    lead: t(`support.cases.kind.${kind}`),
    headBadge: caseBadge(state, frame),
    ...(mayAct && isOpen && { actions: headActions(number, frame) }),
    banners: bannersOf(found, frame),
    sections: [
      { id: 'about', title: t('support.case.about'), facts: factsOf(found, frame) },
      {
        id: 'history',
        title: t('support.case.history'),
        timeline: historyOf(found, frame),
        links: historyLinks({ found, before }, frame),
      },
      ...(mayAct ? [actsOf(found, frame)] : []),
    ],
  };
}

/** To the older entries of a long history, and back to the newest. */
function historyLinks({ found: { number, earlierThan }, before }: LoadedCase, { t }: ViewFrame): LinkView[] {
  const at = (query: string, label: string) => ({ href: `${caseHref(number)}${query}#history`, label });
  return [
    ...(before === undefined ? [] : [at('', t('support.case.newest'))]),
    ...(earlierThan === undefined ? [] : [at(`?before=${earlierThan}`, t('support.case.earlier'))]),
  ];
}

function headActions(number: string, { t }: ViewFrame): NonNullable<SectionsView['actions']> {
  const at = (act: string) => `${caseHref(number)}/${act}`;
  return [
    { href: at('mail'), label: t('support.case.act.mail'), isPrimary: true },
    { href: at('note'), label: t('support.case.act.note') },
    { href: at('close'), label: t('support.case.act.close') },
  ];
}

function bannersOf(found: DeskCase, frame: ViewFrame): NonNullable<SectionsView['banners']> {
  const { t } = frame;
  const { mergedInto, dueAt, now, state, lineId, mails } = found;
  return [
    ...(mergedInto === null
      ? []
      : [
          {
            tone: 'info' as const,
            text: t('support.case.merged'),
            link: { href: caseHref(mergedInto), label: mergedInto },
          },
        ]),
    ...(isLate(dueAt, now)
      ? [
          {
            tone: 'warn' as const,
            text: t(state === 'waiting-company' ? 'support.case.late-company' : 'support.case.late', {
              length: dueText(dueAt, now, frame),
            }),
          },
        ]
      : []),
    ...(lineId === null ? [{ tone: 'warn' as const, text: t('support.case.nowhere') }] : []),
    ...(lineId !== null && mails.some(({ isKnown }) => !isKnown)
      ? [{ tone: 'warn' as const, text: t('support.case.unknown-sender') }]
      : []),
  ];
}

function factsOf(found: DeskCase, frame: ViewFrame): FactView[] {
  const { t, format, language } = frame;
  const { openedAt, now, dueAt, assignedTo, names, lineId, holderFrom, reportedBy, outcome, closedAt } =
    found;
  const { company, companyName, companyNameEn, service, serviceEn } = found;
  const seller = (language === 'ja' ? companyName : companyNameEn) ?? '';
  return [
    {
      label: t('support.cases.opened'),
      text: ageText(openedAt, now, frame),
      note: format.dateTime(openedAt),
    },
    ...(dueAt
      ? [{ label: t('support.cases.due'), text: dueText(dueAt, now, frame), note: dueTimeText(dueAt, frame) }]
      : []),
    { label: t('support.cases.assignee'), text: personText(assignedTo, names) },
    {
      label: t('support.cases.line'),
      text: lineId ?? '',
      ...(lineId !== null && { href: lineHref(lineId, holderFrom ?? undefined) }),
    },
    { label: t('support.case.reporter'), text: reportedBy ?? t('support.case.by-holder') },
    ...purchaseFact(found, frame),
    ...(company === null
      ? []
      : [
          {
            label: t('support.case.seller'),
            text: seller,
            href: companyHref(company),
            note: (language === 'ja' ? service : serviceEn) ?? '',
          },
        ]),
    ...(outcome === null
      ? []
      : [
          {
            label: t('support.case.outcome'),
            text: t(`support.case.outcome.${outcome}`),
            note: closedAt === null ? '' : format.dateTime(closedAt),
          },
        ]),
  ];
}

function purchaseFact(
  { subjectKind, subjectId, lineId, holderFrom }: DeskCase,
  { t }: ViewFrame,
): FactView[] {
  if (subjectKind === null || subjectId === null || lineId === null) return [];
  const href = subjectKind === 'charge' ? chargeHref(subjectId) : lineHref(lineId, holderFrom ?? undefined);
  return [{ label: t(`support.case.subject.${subjectKind}`), text: publicId(subjectKind, subjectId), href }];
}

function actsOf(found: DeskCase, { t }: ViewFrame): SectionView {
  const { number, state, outcome, closedAt, now, isOwn, lineId, subjectId } = found;
  const at = (act: string, label: string) => ({ href: `${caseHref(number)}/${act}`, label });
  const isOpen = state !== 'closed';
  const mayBeReopened = !isOpen && outcome !== 'merged' && closedAt !== null && mayReopen(closedAt, now);
  const asks = state === 'waiting-company' ? 'support.case.act.remind' : 'support.case.act.company';
  return {
    id: 'acts',
    title: t('support.case.acts'),
    ...(isOpen || mayBeReopened ? {} : { text: t('support.case.no-acts') }),
    buttons:
      isOpen && !isOwn
        ? [
            {
              action: `${caseHref(number)}/take`,
              name: 'take',
              value: 'yes',
              label: t(found.assignedTo === null ? 'support.case.act.take' : 'support.case.act.take-over'),
            },
          ]
        : [],
    links: [
      ...(isOpen ? [at('give', t('support.case.act.give'))] : []),
      ...(isOpen && subjectId !== null && state !== 'open' ? [at('company', t(asks))] : []),
      ...(isOpen && lineId !== null ? [at('merge', t('support.case.act.merge'))] : []),
      ...(isOpen && lineId === null ? [at('line', t('support.case.act.line'))] : []),
      ...(mayBeReopened ? [at('reopen', t('support.case.act.reopen'))] : []),
    ],
  };
}
