import type { PeopleNames } from '../../accounts/people-names.queries.ts';
import type { Translate } from '../messages/translate.ts';
import { nameJob } from './run-words.rules.ts';

/** Somebody as `actorName` writes them, by name: `山田 花子（acct-12）`; of a job that it was one. */
export function personText(actor: string, names: PeopleNames, t: Translate): string {
  const identity = actor.slice(actor.indexOf(':') + 1);
  if (actor.startsWith('job:')) return t('billing.approvals.by-job', { job: nameJob(identity, { t }) });
  const name = names.get(actor);
  return name === undefined ? identity : t('billing.approvals.person', { name, account: identity });
}
