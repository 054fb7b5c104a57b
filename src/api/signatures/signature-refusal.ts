import { RefusedKey } from '../../access/refused-key.ts';
import { Problem } from '../../shared/problem.ts';

/**
 * What is wrong with a signature, for programs. `key-or-signature` is the same for an unknown key, one of another company, a revoked
 * one and a signature that does not match, so that nothing can be learnt by trying.
 */
export type SignatureFault =
  | 'malformed'
  | 'component-missing'
  | 'component-unsupported'
  | 'parameter-missing'
  | 'algorithm-unsupported'
  | 'created-out-of-range'
  | 'digest-unsupported'
  | 'digest-mismatch'
  | 'key-or-signature'
  | 'nonce-used';

/** The refusal of a signature. */
export function signatureRefusal(reason: SignatureFault, detail: string): Problem {
  const cause = new RefusedKey('signature');
  return new Problem('signature-invalid', { detail, facts: { reason }, cause });
}
