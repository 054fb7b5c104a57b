import type { SentNonce } from '../../signing-keys/use-nonce.ts';

/** What is left to check of a request whose signature is genuine, once its body is read. */
export interface VerifiedSignature extends SentNonce {
  /** The header that names the digest of the body, if the signature covers it. */
  readonly contentDigest: string | undefined;
}
