import type { PeopleNames } from '../../accounts/people-names.queries.ts';
import type { Translate } from '../messages/translate.ts';
import { nameJob } from '../kit/job-name.rules.ts';

/** Somebody as `actorName` writes them, by name: 山田 花子; of a job that it was one. The audit trail has the reference. */
export function personText(actor: string, names: PeopleNames, t: Translate): string {
  const identity = actor.slice(actor.indexOf(':') + 1);
  if (actor.startsWith('job:')) return t('billing.approvals.by-job', { job: nameJob(identity, { t }) });
  return names.get(actor) ?? identity;
}
