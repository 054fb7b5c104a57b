import type { PeopleNames } from '../../accounts/people-names.queries.ts';
import type { ViewFrame } from '../kit/define-page.ts';

/** Somebody as `actorName` writes them: a colleague by name; for others, what they are. */
export function staffText(actor: string, names: PeopleNames, { t }: Pick<ViewFrame, 't'>): string {
  const name = names.get(actor);
  if (name !== undefined) return name;
  const kind = actor.slice(0, actor.indexOf(':'));
  if (kind === 'staff') return actor.slice(actor.indexOf(':') + 1);
  return kind === 'job'
    ? t('support.by.job')
    : t(kind === 'subscriber' ? 'support.by.subscriber' : 'support.by.company');
}
