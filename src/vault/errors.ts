/** What can go wrong with a vault. Each kind has a code, so that a face can say it in the person's language; the message is English. */
export type VaultFault =
  | 'wrong-passphrase' // the passphrase does not open identity.age
  | 'no-vault' // there is none in this place
  | 'vault-exists' // there is one already
  | 'damaged' // a file is not what was written: cut short, altered, not decryptable
  | 'missing' // a file that the index names is not there
  | 'replayed' // a file, or the whole index, is an older version than the one on record
  | 'forged' // made by someone who has the public key but not the passphrase
  | 'read-only' // the vault was opened from its spare index, and must be mended before anything is written
  | 'conflict' // somebody else has saved this case since it was opened
  | 'busy' // another process is writing
  | 'no-case' // no case of this number
  | 'bad-recipient' // not an age recipient
  | 'bad-input' // what was to be saved cannot be saved
  | 'newer-format'; // written by a later version of the program

/** An error of the vault: `fault` says which, `file` where (a path inside the vault; never a label or a fact). */
export class VaultError extends Error {
  readonly fault: VaultFault;
  readonly file: string | undefined;

  constructor(fault: VaultFault, message: string, file?: string) {
    super(message);
    this.name = 'VaultError';
    this.fault = fault;
    this.file = file;
  }
}
