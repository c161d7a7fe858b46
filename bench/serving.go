package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// serving compares the requests a second of a chapter page with nginx serving
// the same bytes as a file, and reads the memory of an idle server.
func (b *bench) serving() error {
	server, address, err := b.startServer()
	if err != nil {
		return err
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	time.Sleep(2 * time.Second) // idle
	resident, err := residentMB(server.Process.Pid)
	if err != nil {
		return err
	}
	b.add("memory of an idle server with the samples", fmt.Sprintf("%d MB", resident), "≤ 60 MB")
	if !have("wrk") || !have("nginx") {
		b.add("chapter page", "not measured: no wrk or nginx", "≥ ⅓ of nginx")
		return nil
	}
	page, err := b.chapterPage(address)
	if err != nil {
		return err
	}
	stop, static, err := b.startNginx(page)
	if err != nil {
		return err
	}
	defer stop()
	var ratios []float64
	for range rounds {
		ours, err := requests(page)
		if err != nil {
			return err
		}
		theirs, err := requests(static)
		if err != nil {
			return err
		}
		ratios = append(ratios, ours/theirs)
	}
	b.add("requests a second of a chapter page, against nginx serving the same bytes as a file",
		fmt.Sprintf("%.2f of nginx", median(ratios)), "≥ 0.33")
	return nil
}

func (b *bench) startServer() (*exec.Cmd, string, error) {
	cmd := exec.Command(b.ficstead, "serve", "--samples", "--data", filepath.Join(b.dir, "serve"), "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address := regexp.MustCompile(`http://[^/\s]+`).FindString(line)
	if address == "" {
		return nil, "", fmt.Errorf("the server said %q: %w", line, err)
	}
	return cmd, address, nil
}

// residentMB reads the resident memory of a process.
func residentMB(pid int) (int, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	kb := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if kb == nil {
		return 0, fmt.Errorf("no VmRSS in the status of process %d", pid)
	}
	n, err := strconv.Atoi(string(kb[1]))
	return n / 1024, err
}

// chapterPage is the address of the first chapter of the longest work.
func (b *bench) chapterPage(address string) (string, error) {
	work, err := firstWork(b.ficstead, filepath.Join(b.dir, "serve"))
	return address + "/works/" + work + "/chapters/1", err
}

// startNginx serves the bytes of page as a static file.
func (b *bench) startNginx(page string) (stop func(), address string, err error) {
	response, err := http.Get(page)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, "", err
	}
	root := filepath.Join(b.dir, "nginx")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return nil, "", err
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	conf := "daemon off; worker_processes 2; pid " + root + "/pid; error_log " + root + "/error.log;\nevents {}\n" +
		"http { access_log off; default_type text/html; sendfile on; keepalive_requests 1000000;\n" +
		"server { listen 127.0.0.1:" + port + "; root " + root + "; } }\n"
	for name, text := range map[string]string{"nginx.conf": conf, "chapter.html": string(body)} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			return nil, "", err
		}
	}
	if err := os.Chmod(b.dir, 0o755); err != nil { // nginx's workers are another user
		return nil, "", err
	}
	cmd := exec.Command("nginx", "-c", filepath.Join(root, "nginx.conf"))
	if err := cmd.Start(); err != nil {
		return nil, "", err
	}
	time.Sleep(time.Second)
	// Its master must end by itself: killed, it would leave its workers behind.
	return func() { cmd.Process.Signal(syscall.SIGTERM); cmd.Wait() }, "http://127.0.0.1:" + port + "/chapter.html", nil
}

// requests measures an address with wrk for a few seconds.
func requests(address string) (float64, error) {
	out, err := exec.Command("wrk", "-t1", "-c16", "-d4s", address).Output()
	if err != nil {
		return 0, fmt.Errorf("wrk %s: %w", address, err)
	}
	text := string(out)
	if strings.Contains(text, "Non-2xx") {
		return 0, fmt.Errorf("wrk %s: %s", address, text)
	}
	found := regexp.MustCompile(`Requests/sec:\s+([\d.]+)`).FindStringSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("wrk printed %q", text)
	}
	return strconv.ParseFloat(found[1], 64)
}
