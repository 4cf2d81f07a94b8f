import type { RequestListener } from "node:http";
import type { Socket } from "node:net";

/**
 * Handles the requests of a connection one after the other: the next one when the answer before it has gone out.
 * So a client that sends thousands of them and never reads takes up no more than one answer.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
	const last = new WeakMap<Socket, Promise<void>>();
	return (incoming, outgoing) => {
		const { socket } = incoming;
		const handle = () => {
			const gone = new Promise<void>((resolve) => outgoing.once("close", resolve));
			listener(incoming, outgoing);
			return gone;
		};
		const before = last.get(socket);
		const answered = before ? before.then(() => (socket.destroyed ? undefined : handle())) : handle();
		last.set(socket, answered);
		void answered.then(() => {
			if (last.get(socket) === answered) last.delete(socket);
		});
	};
}
