import { Problem } from '../../shared/problem.ts';
import { actorName, type Actor } from '../actor.ts';

/**
 * Proof that a change which takes two people was approved, or that one person may make it. The use cases that execute such
 * changes require one, so they cannot be called in any other way.
 */
export class ChangeAuthority {
  /** The approver, or the person who acted alone. */
  readonly actor: Actor;
  readonly approvalId: string | null;

  private constructor(actor: Actor, approvalId: string | null) {
    this.actor = actor;
    this.approvalId = approvalId;
  }

  /** Made by `approveChange` alone. */
  static ofTwoPeople(approver: Actor, approvalId: string): ChangeAuthority {
    return new ChangeAuthority(approver, approvalId);
  }

  /**
   * One person is enough where nothing is there yet that could be diverted, and in development.
   * @throws Problem `approval-required`
   */
  static ofOnePerson(actor: Actor, isEnough: boolean): ChangeAuthority {
    if (isEnough) return new ChangeAuthority(actor, null);
    throw new Problem('approval-required');
  }

  /** For the audit trail. */
  get facts(): { readonly approval: string | null } {
    return { approval: this.approvalId };
  }

  get actorName(): string {
    return actorName(this.actor);
  }
}
