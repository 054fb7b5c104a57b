import type { DeskCase } from '../../../cases/desk-case.queries.ts';
import type { StepView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { personText } from './case-words.rules.ts';

type Event = DeskCase['history'][number];

const TONES: Partial<Record<Event['kind'], NonNullable<StepView['tone']>>> = {
  asked: 'waiting',
  handed: 'waiting',
  closed: 'good',
  merged: 'good',
  reopened: 'warn',
};

/** What happened, oldest first, with the words that were written and whether the customer sees them. */
export function historyOf({ history, names, mails }: DeskCase, frame: ViewFrame): StepView[] {
  const { format } = frame;
  return history.map((event) => {
    const mail = mails.find(({ sequence }) => sequence === event.sequence);
    const tone = TONES[event.kind];
    const note = [mail && mailText(mail, frame), event.text].filter(Boolean).join('\n');
    return {
      at: event.at.toISOString(),
      when: format.dateTime(event.at),
      who: whoText(event, names, frame),
      text: titleOf(event, names, frame),
      ...(note !== '' && { note }),
      ...(tone && { tone }),
    };
  });
}

function titleOf({ kind, isPublic, refersTo }: Event, names: DeskCase['names'], { t }: ViewFrame): string {
  if (kind === 'noted') return t(isPublic ? 'support.case.event.noted' : 'support.case.event.noted-inside');
  if (kind === 'given') return t('support.case.event.given', { person: personText(refersTo, names) });
  if (kind === 'merged' || kind === 'joined' || kind === 'placed')
    return t(`support.case.event.${kind}`, { to: refersTo ?? '' });
  return t(`support.case.event.${kind}`);
}

function whoText({ by, author }: Event, names: DeskCase['names'], { t }: ViewFrame): string {
  if (by !== 'support') return t(`support.case.by.${by}`);
  return author?.startsWith('staff:') ? personText(author, names) : t('support.case.by.system');
}

function mailText({ from, subject, attachments }: DeskCase['mails'][number], { t }: ViewFrame): string {
  const head = t('support.case.mail', { from, subject });
  return attachments.length === 0
    ? head
    : `${head}\n${t('support.case.mail-files', { files: attachments.join(t('support.case.comma')) })}`;
}
