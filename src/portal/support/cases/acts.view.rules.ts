import type { DeskCase } from '../../../cases/desk-case.queries.ts';
import { REOPEN_DAYS } from '../../../cases/answer-due.rules.ts';
import { caseOutcomes } from '../../../cases/case.rules.ts';
import type { ConfirmView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { caseBadge } from '../state-words.rules.ts';
import { caseHref } from '../support-links.rules.ts';
import { historyOf } from './case-history.rules.ts';
import { CASES } from './queue.view.rules.ts';

type Question = Omit<ConfirmView, 'back'>;

/** A page that does one thing to a case, with its history below. */
export function actView(title: string, found: DeskCase, confirm: Question, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const back = caseHref(found.number);
  return {
    title,
    crumbs: [
      { href: CASES, label: t('support.cases.title') },
      { href: back, label: found.number },
    ],
    headBadge: caseBadge(found.state, frame),
    confirm: { ...confirm, back },
    sections: [{ id: 'history', title: t('support.case.history'), timeline: historyOf(found, frame) }],
  };
}

export const noteAudiences = ['internal', 'public', 'question'] as const;

export function noteView(found: DeskCase, frame: ViewFrame): SectionsView {
  const { t } = frame;
  // Nobody would be there for the answer.
  const audiences = noteAudiences.filter((one) => one !== 'question' || found.state !== 'open');
  const confirm = {
    title: t('support.case.note.title'),
    texts: [t('support.case.note.text')],
    fields: [
      {
        name: 'audience',
        label: t('support.case.note.audience'),
        options: audiences.map((value) => ({ value, label: t(`support.case.note.for.${value}`) })),
      },
      { name: 'text', label: t('support.case.note.words'), rows: 6 },
    ],
    formName: 'support.case-note-form',
    action: `${caseHref(found.number)}/note`,
    label: t('support.case.note.save'),
  };
  return actView(t('support.case.act.note'), found, confirm, frame);
}

export function closeView(found: DeskCase, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const confirm = {
    title: t('support.case.close.title'),
    texts: [t('support.case.close.text'), t('support.case.close.money')],
    fields: [
      {
        name: 'outcome',
        label: t('support.case.outcome'),
        options: caseOutcomes.map((value) => ({ value, label: t(`support.case.outcome.${value}`) })),
      },
      {
        name: 'text',
        label: t('support.case.close.words'),
        hint: t('support.case.close.hint'),
        rows: 6,
        isOptional: true,
      },
    ],
    formName: 'support.case-close-form',
    action: `${caseHref(found.number)}/close`,
    label: t('support.case.close.go'),
  };
  return actView(t('support.case.act.close'), found, confirm, frame);
}

export function reopenView(found: DeskCase, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const confirm = {
    title: t('support.case.reopen.title'),
    texts: [t('support.case.reopen.text', { days: REOPEN_DAYS })],
    formName: 'support.case-reopen-form',
    action: `${caseHref(found.number)}/reopen`,
    label: t('support.case.act.reopen'),
  };
  return actView(t('support.case.act.reopen'), found, confirm, frame);
}

export function placeView(found: DeskCase, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const confirm = {
    title: t('support.case.line.title'),
    texts: [t('support.case.line.text')],
    fields: [{ name: 'line', label: t('support.cases.line') }],
    formName: 'support.case-line-form',
    action: `${caseHref(found.number)}/line`,
    label: t('support.case.line.go'),
  };
  return actView(t('support.case.act.line'), found, confirm, frame);
}

export function companyView(found: DeskCase, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const isReminder = found.state === 'waiting-company';
  const confirm = {
    title: t(isReminder ? 'support.case.company.again' : 'support.case.company.title'),
    texts: [t('support.case.company.text')],
    fields: [{ name: 'text', label: t('support.case.company.words'), rows: 8 }],
    formName: 'support.case-company-form',
    action: `${caseHref(found.number)}/company`,
    label: t(isReminder ? 'support.case.act.remind' : 'support.case.company.go'),
  };
  return actView(
    t(isReminder ? 'support.case.act.remind' : 'support.case.act.company'),
    found,
    confirm,
    frame,
  );
}
