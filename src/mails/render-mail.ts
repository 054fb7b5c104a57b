import { join } from 'node:path';
import { Eta } from 'eta';
import type { Config } from '../../config/config.ts';
import type { MailContent, MailTemplate } from '../../templates/mails/mail-content.ts';
import { createMailFormat } from '../../templates/mails/mail-format.ts';
import { mailFrames } from '../../templates/mails/mail-frame.ts';
import { mailKinds, type MailKindName } from '../../templates/mails/mail-kinds.ts';
import { mailTemplates } from '../../templates/mails/mail-templates.ts';
import type { Locale } from '../shared/money.ts';
import { writeMailText } from './mail-text.rules.ts';

/** What the content of a mail depends on. */
export interface MailToRender {
  readonly kind: MailKindName;
  readonly language: Locale;
  readonly toName: string | null;
  readonly replyTo: string | null;
  /** Of its kind, as `decodeFacts` gives them. */
  readonly facts: object;
}

/** A mail as its reader gets it. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail's content within the frame that all mails share. */
export interface MailView {
  readonly language: Locale;
  readonly content: MailContent;
  readonly frame: (typeof mailFrames)[Locale];
  readonly greeting: string | undefined;
  readonly carrierName: string;
  readonly contact: string;
  /** About notices; a company has no choice of them. */
  readonly notices: string | undefined;
  readonly noticesUrl: string | undefined;
  readonly neverAsked: string | undefined;
  readonly sendOnly: string | undefined;
}

type MailConfig = Pick<Config, 'carrier' | 'currency' | 'timeZone' | 'publicOrigin'>;

const eta = new Eta({
  views: join(import.meta.dirname, '../../templates/mails'),
  cache: true,
  autoEscape: true,
});

/** Writes a mail: subject, plain text and HTML of the same parts. */
export function renderMail(config: MailConfig, mail: MailToRender): RenderedMail {
  const view = viewOf(config, mail);
  return {
    subject: oneLine(view.content.subject),
    text: writeMailText(view),
    html: eta.render('./layout', view),
  };
}

function viewOf(config: MailConfig, { kind, language, toName, replyTo, facts }: MailToRender): MailView {
  const { carrier, currency, timeZone, publicOrigin } = config;
  const template = mailTemplates[kind] as MailTemplate<MailKindName>;
  const format = createMailFormat({ language, currency, timeZone });
  const frame = mailFrames[language];
  const { purpose, audience } = mailKinds[kind];
  const isForCompany = audience === 'company';
  return {
    language,
    content: template[language](facts, format),
    frame,
    // A company is greeted by the mail itself, by its name in the mail's language.
    greeting: toName === null || isForCompany ? undefined : frame.greet(toName),
    carrierName: language === 'ja' ? carrier.name : carrier.nameEn,
    contact: language === 'ja' ? carrier.contact : carrier.contactEn,
    notices: isForCompany ? undefined : frame.notices[purpose],
    noticesUrl: purpose === 'notice' ? `${publicOrigin}/my/limits` : undefined,
    neverAsked: isForCompany ? undefined : frame.neverAsked,
    sendOnly: replyTo === null ? frame.sendOnly : undefined,
  };
}

/** A subject is a header: no line break and no control character gets into it. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
