/** Asks for a token when nobody is signed in. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { signIn, type Session } from "../client/session.js";
import { useTab } from "../parts/tab-icon.js";

export function SignIn({ why, signedIn }: SignInProps): JSX.Element {
  const [token, setToken] = useState("");
  const [trouble, setTrouble] = useState(why);
  useTab("stint: sign in");
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const session = await signIn(token);
    if (session.kind === "in") signedIn(session);
    else setTrouble(session.why ?? "The master does not know this token.");
  };
  return (
    <main class="sign-in">
      <p class="mark">stint</p>
      <h1>Sign in to this master</h1>
      <p>
        The master printed an address with a token when it started. Open that address, or paste the token
        here.
      </p>
      <form onSubmit={(event) => void submit(event)}>
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          required
          value={token}
          onInput={(event) => setToken(event.currentTarget.value)}
        />
        <button type="submit" class="first">
          Sign in
        </button>
        <p role="alert" class="bad-word">
          {trouble}
        </p>
      </form>
    </main>
  );
}

interface SignInProps {
  readonly why: string | undefined;
  readonly signedIn: (session: Session) => void;
}
