// The state of the page and its place in the address: written as it changes, read again when the person goes back.
import { address, readState, type State } from './url_state.ts';

export interface AddressBar {
  state(): State;
  // Changes the state; `push` makes a step that "back" undoes, `replace` does not.
  set(change: Partial<State>, how: 'push' | 'replace'): void;
}

export function makeAddressBar(first: State, back: (state: State) => void): AddressBar {
  let state = first;
  let written = location.search;
  window.addEventListener('popstate', () => {
    // A jump to an anchor comes here too and changes nothing.
    if (location.search === written) return;
    written = location.search;
    state = readState(location.search);
    back(state);
  });
  return {
    state: () => state,
    set(change, how) {
      state = { ...state, ...change };
      const to = address(location.pathname, location.search, state);
      if (to === location.pathname + location.search) return;
      if (how === 'push') history.pushState(null, '', to);
      else history.replaceState(null, '', to);
      written = location.search;
    },
  };
}
