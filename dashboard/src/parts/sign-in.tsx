/** Where there is no token, or no longer a good one: the way in. */
import { useEffect, useRef } from "preact/hooks";
import { type Ending, ending, signIn } from "../session";

const WHY: Record<Ending, string> = {
  "signed-out": "You are signed out. Nothing of your numbers is left in this tab.",
  expired: "Your token has expired. Sign in with a new one to go on.",
  refused: "That token is not accepted here: it is not valid, or no longer.",
  "no-agent": "That token is good, but not an agent's: this page shows an agent's own numbers.",
};

export function SignIn() {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const why = ending.value;
  return (
    <main class="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (field.current?.value.trim()) signIn(field.current.value);
        }}
      >
        <h1>How your month is going</h1>
        <p>Your leads, conversions, revenue and goals, from your CRM's own data.</p>
        {why && (
          <p class={why === "signed-out" ? "notice is-calm" : "notice"} role="alert">
            {WHY[why]}
          </p>
        )}
        <label for="token">Access token</label>
        <input
          ref={field}
          id="token"
          type="password"
          autoComplete="off"
          spellcheck={false}
          required
          aria-describedby="token-help"
        />
        <p id="token-help" class="soft">
          Paste the token you were given, or open the link that contains it. It stays in this tab
          and is forgotten when you close it.
        </p>
        <button type="submit" class="primary">
          Show my numbers
        </button>
      </form>
    </main>
  );
}
