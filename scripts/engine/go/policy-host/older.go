package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/encoding"
	_ "google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
)

// Where the older host lies, from the folder of this program on.
const olderHost = "older/pulumi-language-nodejs"

// This program ends when the older host does, which watches the engine.
func startOlderHost(args []string) (*grpc.ClientConn, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	host := exec.Command(filepath.Join(filepath.Dir(self), olderHost+filepath.Ext(self)), args...)
	host.Stderr = os.Stderr
	stdout, err := host.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := host.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(stdout)
	port, err := lines.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the language host beside this one did not start: %w", err)
	}
	go func() {
		_, _ = io.Copy(os.Stdout, lines)
		_ = host.Wait()
		os.Exit(host.ProcessState.ExitCode())
	}()
	return grpc.NewClient(
		"127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(newCodec()), grpc.MaxCallRecvMsgSize(largestMessage)),
	)
}

func answer(call grpc.ServerStream, older *grpc.ClientConn) error {
	method, _ := grpc.MethodFromServerStream(call)
	if method == pulumirpc.LanguageRuntime_RunPlugin_FullMethodName {
		return runPlugin(call)
	}
	return handOn(call, method, older)
}

// Every method of a language host takes one message and gives back one or many.
func handOn(call grpc.ServerStream, method string, older *grpc.ClientConn) error {
	var question bytes
	if err := call.RecvMsg(&question); err != nil {
		return err
	}
	onward, err := older.NewStream(call.Context(), &grpc.StreamDesc{ServerStreams: true}, method)
	if err != nil {
		return err
	}
	if err := onward.SendMsg(&question); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if err := onward.CloseSend(); err != nil {
		return err
	}
	for {
		var reply bytes
		if err := onward.RecvMsg(&reply); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := call.SendMsg(&reply); err != nil {
			return err
		}
	}
}

// A message that is handed on without being read.
type bytes struct{ value []byte }

// The usual codec, but for messages that are only handed on.
type codec struct{ encoding.CodecV2 }

func newCodec() codec { return codec{encoding.GetCodecV2("proto")} }

func (c codec) Marshal(message any) (mem.BufferSlice, error) {
	if message, ok := message.(*bytes); ok {
		return mem.BufferSlice{mem.SliceBuffer(message.value)}, nil
	}
	return c.CodecV2.Marshal(message)
}

func (c codec) Unmarshal(data mem.BufferSlice, message any) error {
	if message, ok := message.(*bytes); ok {
		message.value = data.Materialize()
		return nil
	}
	return c.CodecV2.Unmarshal(data, message)
}
