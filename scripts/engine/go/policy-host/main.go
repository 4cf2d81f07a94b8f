// A Node.js language host that can start policy packs, for the engine that is built from Go modules.
//
// Since 3.259 at the latest the engine asks the language host to start a pack (RunPlugin). The only host that is to be
// had as a Go module is older and refuses that. This program takes its place: it starts the older host beside it, starts
// policy packs by itself, and hands every other call on as it is.
package main

import (
	"fmt"
	"net"
	"os"

	"google.golang.org/grpc"
)

// As the engine's own limit.
const largestMessage = 400 * 1024 * 1024

func main() {
	if err := serve(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(args []string) error {
	older, err := startOlderHost(args)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(
		grpc.ForceServerCodecV2(newCodec()),
		grpc.MaxRecvMsgSize(largestMessage),
		grpc.UnknownServiceHandler(func(_ any, call grpc.ServerStream) error { return answer(call, older) }),
	)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}
