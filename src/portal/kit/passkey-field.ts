import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Field } from './form-fields.ts';

/** The answer of an authenticator, which our script puts into a hidden field. Whether it proves anything is verified later. */
function answerField<T>(member: string): Field<T> {
  return {
    label: 'kit.passkey.answer',
    isSecret: true,
    read: (text) => {
      const answer = parse(text);
      const isAnswer = typeof answer?.['id'] === 'string' && isText(answer['response'], member);
      return isAnswer ? { value: answer as T } : { fault: { key: 'kit.passkey.no-answer' } };
    },
  };
}

export const registrationField = answerField<RegistrationResponseJSON>('attestationObject');
export const authenticationField = answerField<AuthenticationResponseJSON>('authenticatorData');

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isText(value: unknown, member: string): boolean {
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return typeof members[member] === 'string' && typeof members['clientDataJSON'] === 'string';
}
