import { createMailFormat } from '../../templates/mails/mail-format.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { findPeopleNames } from '../accounts/people-names.queries.ts';
import { findCaseRecipient } from '../cases/case-recipient.ts';
import { getDeskCase, type DeskCase } from '../cases/desk-case.queries.ts';
import type { Deps } from '../deps.ts';
import { getPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import type { Locale } from '../shared/money.ts';
import { listTextBlocks } from './list-text-blocks.ts';
import { fillTextBlock, type BlockFacts, type TextBlock } from './text-block.rules.ts';

/** A case with the text blocks in the language of its reporter, filled in. */
export interface AnswerDraft {
  readonly found: DeskCase;
  readonly blocks: readonly TextBlock[];
  readonly language: Locale;
  /** Whether there is an address to send to. */
  readonly isReachable: boolean;
}

/** What an answer by mail begins with. @throws Problem `permission-denied`, `case-not-found` */
export async function draftAnswer(deps: Deps, actor: Actor, number: string): Promise<AnswerDraft> {
  authorize(actor, 'cases:take');
  const found = await getDeskCase(deps, actor, number);
  const recipient = await findCaseRecipient(deps, found);
  const language = recipient?.language ?? 'ja';
  const facts = await factsOf(deps, actor, found, language);
  const blocks = await listTextBlocks(deps, language);
  return {
    found,
    language,
    isReachable: recipient !== undefined,
    blocks: blocks.map((block) => fillTextBlock(block, facts)),
  };
}

async function factsOf(deps: Deps, actor: Actor, found: DeskCase, language: Locale): Promise<BlockFacts> {
  const { carrier } = deps.config;
  const isJa = language === 'ja';
  const name = actorName(actor);
  const names = await findPeopleNames(deps, [name]);
  const { subjectKind: kind, subjectId: id, companyName, companyNameEn } = found;
  const purchase = kind && id ? await getPurchaseSubject(deps, { kind, id }) : undefined;
  const format = createMailFormat({
    language,
    currency: deps.config.currency,
    timeZone: deps.config.timeZone,
  });
  const amountMinor = purchase?.amountMinor;
  return {
    number: found.number,
    item: purchase?.description,
    seller: (isJa ? companyName : companyNameEn) ?? undefined,
    amount: amountMinor == null ? undefined : format.money(amountMinor),
    bought: purchase && format.dateTime(purchase.boughtAt),
    carrier: isJa ? carrier.name : carrier.nameEn,
    contact: isJa ? carrier.contact : carrier.contactEn,
    agent: names.get(name) ?? '',
  };
}
