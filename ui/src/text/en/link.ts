import type { LinkError } from '../../wire/LinkError';
import type { SecretState } from '../../wire/SecretState';
import { clean } from '../clean';
import { wordless } from './never';

/** What went wrong, and what to do about it. */
export interface Advice {
  title: string;
  advice: string;
}

export function linkError(why: LinkError): Advice {
  switch (why.error) {
    case 'connectionRefused':
      return { title: 'Nothing listens there', advice: 'Check the port (5038 plain, 5039 TLS) and that manager.conf says enabled = yes. A firewall may also refuse.' };
    case 'unreachable':
      return { title: 'The host cannot be reached', advice: `Check the name and the network: ${clean(why.detail)}.` };
    case 'noGreeting':
      return { title: 'Connected, but no greeting came', advice: 'A TLS port spoken to in plain stays silent: try TLS. Or too many sessions wait to log in: try again in half a minute.' };
    case 'closedEarly':
      return { title: 'The PBX hung up before greeting', advice: 'Its deny/permit lines or a firewall may not allow this machine, or authlimit is reached.' };
    case 'notAmi':
      return { title: 'Something else answers there', advice: `It said “${clean(why.greeting)}”, which is no Asterisk Manager Interface. Check the port.` };
    case 'notTls':
      return { title: 'That port does not speak TLS', advice: 'Use the TLS port (tlsbindaddr in manager.conf, usually 5039), or choose plain on a network you trust.' };
    case 'untrusted':
      return { title: 'Is this your PBX?', advice: 'It shows a key this desk has not seen before. Compare the fingerprint with the one its administrator reads to you.' };
    case 'keyChanged':
      return { title: 'The PBX shows another key than before', advice: 'Stop here. Somebody may be in between, or the PBX was reinstalled. Ask its administrator. Only with the new fingerprint in hand start Cordboard with --pin and that fingerprint.' };
    case 'certificate':
      return { title: 'The certificate does not verify', advice: `${clean(why.detail)}. Check the host name, the date and the CA file.` };
    case 'wrongSecret':
      return { title: 'Login refused', advice: 'User, secret or allowed address is wrong; Asterisk does not say which. Three wrong tries may lock you out for a while.' };
    case 'alreadyLoggedIn':
      return { title: 'This account is in use', advice: 'It allows one login and somebody has it. Give each desk its own account, or set allowmultiplelogin = yes.' };
    case 'noPermission':
      return { title: 'This account may not see enough', advice: `A switchboard needs more rights. Missing: ${clean(why.missing)}. The administrator adds them in manager.conf.` };
    case 'silence':
      return { title: 'The PBX went silent', advice: 'It was answering and stopped. The network or the PBX may be down; it is tried again by itself.' };
    case 'slept':
      return { title: 'This computer has slept', advice: 'The PBX is being asked whether it is still there; what is shown is from before.' };
    case 'closed':
      return { title: 'The PBX closed the connection', advice: 'It may be restarting; it is tried again by itself.' };
    case 'protocol':
      return { title: 'What arrived could not be read', advice: `${clean(why.detail)}. The connection is made anew.` };
    case 'profile':
      return { title: 'This cannot be used', advice: `${clean(why.detail)}. Change it and try again.` };
    default:
      return { title: wordless(why), advice: '' };
  }
}

export function secretState(state: SecretState): string {
  switch (state) {
    case 'stored':
      return 'The secret is in the system keyring.';
    case 'notStored':
      return 'Kept in the system keyring, never in a file.';
    case 'locked':
      return 'The system keyring is locked: unlock it and try again, or type the secret at each start.';
    case 'absent':
      return 'This system has no keyring: the secret is asked for at each start.';
    case 'denied':
      return 'The system keyring refused: the secret is asked for at each start.';
    case 'session':
      return 'The secret is kept until Cordboard closes.';
    default:
      return wordless(state);
  }
}
