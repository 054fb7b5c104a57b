/** The package has no types of its own. */
declare module 'zengin-code' {
  interface Branch {
    readonly code: string;
    /** In full-width katakana without small ones. */
    readonly kana: string;
  }
  const banks: Readonly<Record<string, Branch & { readonly branches: Readonly<Record<string, Branch>> }>>;
  export default banks;
}
