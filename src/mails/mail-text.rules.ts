import type { MailBlock } from '../../templates/mails/mail-content.ts';
import type { MailView } from './render-mail.ts';

const RULE = '-'.repeat(40);

/** The plain text of a mail: the parts of the HTML, in their order and with the same words. */
export function writeMailText(view: MailView): string {
  const {
    content,
    frame,
    greeting,
    carrierName,
    contact,
    notices,
    noticesUrl,
    neverAsked,
    sendOnly,
    language,
  } = view;
  const parts = [greeting, ...content.blocks.map((block) => write(block, language))];
  const foot = [
    content.why,
    noticesUrl === undefined ? notices : `${notices}\n${noticesUrl}`,
    neverAsked,
    sendOnly,
    `${carrierName}\n${frame.contact}${contact}`,
  ];
  const written = [...parts, RULE, ...foot].filter((part) => part !== undefined);
  return `${written.join('\n\n')}\n`;
}

function write(block: MailBlock, language: MailView['language']): string {
  const colon = language === 'ja' ? '：' : ': ';
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'figure':
      return `${block.label}${colon}${block.value}`;
    case 'rows':
      return block.rows.map(([label, value]) => `${label}${colon}${value}`).join('\n');
    case 'code':
      return `${block.label}${colon}${block.code}`;
    case 'link':
      return `${block.label}\n${block.url}`;
    case 'quote':
      return [block.label, ...block.text.split('\n').map((line) => `> ${line}`)].join('\n');
    case 'warning':
      return `${language === 'ja' ? `■ ${block.title}` : `${block.title}:`}\n${block.text}`;
    default:
      return block satisfies never;
  }
}
