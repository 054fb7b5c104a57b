import type { AnswerDraft } from '../../../case-answers/draft-answer.ts';
import type { CaseMailPreview } from '../../../cases/preview-case-mail.ts';
import type { ConfirmView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { caseHref } from '../support-links.rules.ts';
import { actView } from './acts.view.rules.ts';
import { CASES } from './queue.view.rules.ts';

interface Loaded {
  readonly draft: AnswerDraft;
  readonly block: string | undefined;
}

const mailHref = (number: string): string => `${caseHref(number)}/mail`;

/** The text blocks to choose from, and the answer to write. */
export function mailView({ draft, block }: Loaded, frame: ViewFrame): SectionsView {
  const { t } = frame;
  const { found, blocks, language, isReachable } = draft;
  const chosen = blocks.find(({ name }) => name === block);
  const written = {
    title: t('support.mail.write'),
    texts: [t('support.mail.language', { language: t(`support.mail.language.${language}`) })],
    fields: [
      { name: 'subject', label: t('support.mail.subject'), value: chosen?.subject ?? '' },
      { name: 'text', label: t('support.mail.text'), rows: 16, value: chosen?.text ?? '' },
    ],
    formName: 'support.case-mail-preview',
    action: `${mailHref(found.number)}/preview`,
    label: t('support.mail.to-preview'),
  };
  const view = actView(t('support.case.act.mail'), found, written, frame);
  return {
    ...view,
    banners: isReachable ? [] : [{ tone: 'warn', text: t('support.mail.unreachable') }],
    filter: {
      action: mailHref(found.number),
      fields: [
        {
          name: 'block',
          label: t('support.mail.block'),
          value: chosen?.name ?? '',
          options: [
            { value: '', label: t('support.mail.no-block') },
            ...blocks.map(({ name, subject }) => ({ value: name, label: subject })),
          ],
        },
      ],
      active: [],
      clearHref: mailHref(found.number),
      found: '',
      submit: t('support.mail.use-block'),
    },
  };
}

export interface MailPreviewView extends PageView, HeadView {
  readonly mail: {
    readonly facts: readonly { readonly label: string; readonly text: string }[];
    readonly text: string;
  };
  readonly confirm: ConfirmView;
}

/** The mail as its reader gets it, before it is sent. */
export function mailPreviewView(preview: CaseMailPreview, { t }: ViewFrame): MailPreviewView {
  const { number, to, subject, text, written, seenEvents } = preview;
  return {
    title: t('support.mail.preview'),
    lead: t('support.mail.preview-lead'),
    crumbs: [
      { href: CASES, label: t('support.cases.title') },
      { href: caseHref(number), label: number },
    ],
    mail: {
      facts: [
        { label: t('support.mail.to'), text: to },
        { label: t('support.mail.subject'), text: subject },
      ],
      text,
    },
    confirm: {
      title: t('support.mail.send'),
      hidden: [
        { name: 'subject', value: written.subject },
        { name: 'text', value: written.text },
        { name: 'seen', value: String(seenEvents) },
      ],
      formName: 'support.case-mail-form',
      action: mailHref(number),
      label: t('support.mail.send'),
      back: mailHref(number),
    },
  };
}
