import type { ViewFrame } from '../kit/define-page.ts';

/** Who did something, as `actorName` writes them: a colleague by name, everybody else as what they are. */
export function byText(actor: string, { t, nameOf }: Pick<ViewFrame, 't' | 'nameOf'>): string {
  const kind = actor.slice(0, actor.indexOf(':'));
  switch (kind) {
    case 'company-user':
      return nameOf(actor);
    case 'company-key':
      return t('company.by.key');
    case 'subscriber':
      return t('company.by.subscriber');
    case 'job':
      return t('company.by.job');
    default:
      return t('company.by.carrier');
  }
}
