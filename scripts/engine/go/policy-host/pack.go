package main

import (
	"errors"
	"os/exec"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// The script of the pack's own SDK, with the arguments that it takes where Node has it on its command line.
const startPack = `process.argv.splice(1, 0, require.resolve("@pulumi/pulumi/cmd/run-policy-pack")); require(process.argv[1]);`

// Runs a policy pack until it ends, or until the engine lets go of the call.
func runPlugin(call grpc.ServerStream) error {
	var request pulumirpc.RunPluginRequest
	if err := call.RecvMsg(&request); err != nil {
		return err
	}
	if request.Kind != "analyzer" || len(request.Args) == 0 {
		return status.Errorf(codes.Unimplemented, "this language host starts policy packs, and no plugin of kind %q", request.Kind)
	}
	engine := request.Args[len(request.Args)-1]
	node := exec.CommandContext(call.Context(), "node", "-e", startPack, engine, request.Info.EntryPoint)
	node.Dir = request.Info.ProgramDirectory
	node.Env = request.Env
	lock := &sync.Mutex{}
	node.Stdout = output{call, lock, func(text []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: text}}
	}}
	node.Stderr = output{call, lock, func(text []byte) *pulumirpc.RunPluginResponse {
		return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: text}}
	}}
	err := node.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return err
	}
	return call.SendMsg(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(node.ProcessState.ExitCode())},
	})
}

// Sends what the pack writes; a stream takes one message at a time.
type output struct {
	call    grpc.ServerStream
	lock    *sync.Mutex
	message func([]byte) *pulumirpc.RunPluginResponse
}

func (o output) Write(text []byte) (int, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	return len(text), o.call.SendMsg(o.message(text))
}
